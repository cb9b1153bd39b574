CREATE TABLE "unmapped_names" (
	"plan_id" text COLLATE "C" NOT NULL,
	"position" integer NOT NULL,
	"kind" text COLLATE "C",
	"reason" text COLLATE "C",
	"field" text COLLATE "C",
	"value" text COLLATE "C",
	"message" text COLLATE "C" NOT NULL,
	"is_flagged" boolean NOT NULL,
	"item_count" bigint NOT NULL,
	"examples" jsonb NOT NULL,
	CONSTRAINT "unmapped_names_plan_id_position_pk" PRIMARY KEY("plan_id","position")
);
--> statement-breakpoint
ALTER TABLE "unmapped_names" ADD CONSTRAINT "unmapped_names_plan_id_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."plans"("id") ON DELETE cascade ON UPDATE no action;