CREATE TABLE "resting_folders" (
	"job_id" text COLLATE "C" NOT NULL,
	"pair" integer NOT NULL,
	"source_key" text COLLATE "C" NOT NULL,
	"destination_key" text COLLATE "C" NOT NULL,
	"source_print" text COLLATE "C" NOT NULL,
	"destination_print" text COLLATE "C" NOT NULL,
	CONSTRAINT "resting_folders_job_id_pair_source_key_pk" PRIMARY KEY("job_id","pair","source_key")
);
--> statement-breakpoint
ALTER TABLE "staged_batches" ADD COLUMN "other_half" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "resting_folders" ADD CONSTRAINT "resting_folders_job_id_jobs_id_fk" FOREIGN KEY ("job_id") REFERENCES "public"."jobs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "resting_folders_destination" ON "resting_folders" USING btree ("job_id","pair","destination_key");