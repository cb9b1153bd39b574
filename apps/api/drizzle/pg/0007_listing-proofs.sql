CREATE TABLE "staged_deletions" (
	"plan_id" text COLLATE "C" NOT NULL,
	"remote_id" text COLLATE "C" NOT NULL,
	CONSTRAINT "staged_deletions_plan_id_remote_id_pk" PRIMARY KEY("plan_id","remote_id")
);
--> statement-breakpoint
ALTER TABLE "staged_items" DROP CONSTRAINT "staged_items_plan_id_side_key_pk";--> statement-breakpoint
ALTER TABLE "staged_items" ADD CONSTRAINT "staged_items_plan_id_side_key_remote_id_pk" PRIMARY KEY("plan_id","side","key","remote_id");--> statement-breakpoint
ALTER TABLE "plans" ADD COLUMN "source_proof" jsonb;--> statement-breakpoint
ALTER TABLE "plans" ADD COLUMN "destination_proof" jsonb;--> statement-breakpoint
ALTER TABLE "staged_deletions" ADD CONSTRAINT "staged_deletions_plan_id_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."plans"("id") ON DELETE cascade ON UPDATE no action;