CREATE TABLE "known_listings" (
	"plan_id" text COLLATE "C" NOT NULL,
	"side" text COLLATE "C" NOT NULL,
	"job_id" text COLLATE "C" NOT NULL,
	"pair" integer NOT NULL,
	"is_taken" boolean NOT NULL,
	"listing" jsonb NOT NULL,
	CONSTRAINT "known_listings_plan_id_side_pk" PRIMARY KEY("plan_id","side")
);
--> statement-breakpoint
ALTER TABLE "plans" ADD COLUMN "source_listing" jsonb;--> statement-breakpoint
ALTER TABLE "plans" ADD COLUMN "destination_listing" jsonb;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "is_full_listing" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "known_listings" ADD CONSTRAINT "known_listings_plan_id_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."plans"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "known_listings_pair" ON "known_listings" USING btree ("job_id","pair");