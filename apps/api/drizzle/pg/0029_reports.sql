CREATE TABLE "reports" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"format" text COLLATE "C" NOT NULL,
	"subject_id" text COLLATE "C" NOT NULL,
	"item_filter" jsonb,
	"time_zone" text COLLATE "C" NOT NULL,
	"task_state" text COLLATE "C" NOT NULL,
	"failure" jsonb,
	"byte_size" bigint,
	"sha256" text COLLATE "C",
	"signature" text COLLATE "C",
	"expires_at" timestamp (3) with time zone,
	"tries" integer NOT NULL,
	"lease_owner" text COLLATE "C",
	"lease_until" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	"created_by_id" text COLLATE "C"
);
--> statement-breakpoint
CREATE INDEX "reports_created" ON "reports" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "reports_subject" ON "reports" USING btree ("subject_id","created_at");