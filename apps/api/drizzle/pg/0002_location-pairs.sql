CREATE TABLE "location_pairs" (
	"job_id" text COLLATE "C" NOT NULL,
	"number" integer NOT NULL,
	"source_connection_id" text COLLATE "C" NOT NULL,
	"source_place" text COLLATE "C" NOT NULL,
	"destination_connection_id" text COLLATE "C" NOT NULL,
	"destination_place" text COLLATE "C" NOT NULL,
	"source_root" text COLLATE "C",
	"destination_root" text COLLATE "C",
	"item_count" bigint NOT NULL,
	"used_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "location_pairs_job_id_number_pk" PRIMARY KEY("job_id","number")
);
--> statement-breakpoint
CREATE TABLE "ledger_entries" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"job_id" text COLLATE "C" NOT NULL,
	"pair" integer NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"source_key" text COLLATE "C" NOT NULL,
	"source_id" text COLLATE "C" NOT NULL,
	"source_version" text COLLATE "C",
	"source_meta_version" text COLLATE "C",
	"source_size" bigint,
	"source_modified_at" bigint,
	"destination_key" text COLLATE "C" NOT NULL,
	"destination_id" text COLLATE "C" NOT NULL,
	"destination_version" text COLLATE "C",
	"destination_meta_version" text COLLATE "C",
	"destination_size" bigint,
	"destination_modified_at" bigint,
	"sha256" text COLLATE "C"
);
--> statement-breakpoint
ALTER TABLE "plans" ADD COLUMN "pair" integer;--> statement-breakpoint
ALTER TABLE "plans" ADD COLUMN "asked" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "location_pairs" ADD CONSTRAINT "location_pairs_job_id_jobs_id_fk" FOREIGN KEY ("job_id") REFERENCES "public"."jobs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_job_id_jobs_id_fk" FOREIGN KEY ("job_id") REFERENCES "public"."jobs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "ledger_entries_source" ON "ledger_entries" USING btree ("job_id","pair","source_id");--> statement-breakpoint
CREATE UNIQUE INDEX "ledger_entries_destination" ON "ledger_entries" USING btree ("job_id","pair","destination_id");--> statement-breakpoint
CREATE INDEX "ledger_entries_source_key" ON "ledger_entries" USING btree ("job_id","pair","source_key");--> statement-breakpoint
CREATE INDEX "ledger_entries_destination_key" ON "ledger_entries" USING btree ("job_id","pair","destination_key");--> statement-breakpoint
INSERT INTO "location_pairs" ("job_id", "number", "source_connection_id", "source_place", "destination_connection_id", "destination_place", "item_count", "used_at")
SELECT "id", 1, "source_connection_id", coalesce("source_remote_id", "source_path"), "destination_connection_id", coalesce("destination_remote_id", "destination_path"), 0, "updated_at" FROM "jobs";--> statement-breakpoint
INSERT INTO "ledger_entries" ("id", "job_id", "pair", "kind", "source_key", "source_id", "source_version", "source_size", "source_modified_at", "destination_key", "destination_id", "destination_version", "sha256")
SELECT 'led_' || replace(gen_random_uuid()::text, '-', ''), "job_id", 1, "kind", "source_key", "source_id", "source_version", "source_size", "source_modified_at", "destination_key", "destination_id", "destination_version", "sha256" FROM "ledger" ORDER BY ctid DESC
ON CONFLICT DO NOTHING;--> statement-breakpoint
UPDATE "location_pairs" SET "item_count" = (SELECT count(*) FROM "ledger_entries" WHERE "ledger_entries"."job_id" = "location_pairs"."job_id");--> statement-breakpoint
UPDATE "jobs" SET "ledger_item_count" = (SELECT count(*) FROM "ledger_entries" WHERE "ledger_entries"."job_id" = "jobs"."id");--> statement-breakpoint
UPDATE "plans" SET "pair" = 1;--> statement-breakpoint
DROP TABLE "ledger";
