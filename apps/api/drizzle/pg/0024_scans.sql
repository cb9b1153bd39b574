CREATE TABLE "scans" (
	"run_id" text COLLATE "C" NOT NULL,
	"figures" jsonb,
	"duplicates" jsonb,
	"file_count" bigint NOT NULL,
	"has_files" boolean NOT NULL,
	CONSTRAINT "scans_run_id_pk" PRIMARY KEY("run_id")
);
--> statement-breakpoint
CREATE TABLE "scan_files" (
	"run_id" text COLLATE "C" NOT NULL,
	"number" bigint NOT NULL,
	"byte_size" bigint NOT NULL,
	"sha256" "bytea",
	"is_read" boolean NOT NULL,
	"item" text COLLATE "C" NOT NULL,
	CONSTRAINT "scan_files_run_id_number_pk" PRIMARY KEY("run_id","number")
);
--> statement-breakpoint
ALTER TABLE "jobs" ALTER COLUMN "destination_connection_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "jobs" ALTER COLUMN "destination_path" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "scans" ADD CONSTRAINT "scans_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scan_files" ADD CONSTRAINT "scan_files_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "scans_files" ON "scans" USING btree ("has_files","run_id");--> statement-breakpoint
CREATE INDEX "scan_files_size" ON "scan_files" USING btree ("run_id","byte_size","number");