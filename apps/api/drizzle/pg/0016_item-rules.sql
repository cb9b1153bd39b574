CREATE TABLE "staged_left_out" (
	"plan_id" text COLLATE "C" NOT NULL,
	"source_key" text COLLATE "C" NOT NULL,
	CONSTRAINT "staged_left_out_plan_id_source_key_pk" PRIMARY KEY("plan_id","source_key")
);
--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "rules" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "rules" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "staged_left_out" ADD CONSTRAINT "staged_left_out_plan_id_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."plans"("id") ON DELETE cascade ON UPDATE no action;