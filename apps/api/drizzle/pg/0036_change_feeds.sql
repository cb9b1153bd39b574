CREATE TABLE "change_feeds" (
	"connection_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"path" text COLLATE "C" NOT NULL,
	"secret" text COLLATE "C" NOT NULL,
	"note" text COLLATE "C",
	"problem" jsonb,
	"check_at" timestamp (3) with time zone NOT NULL,
	"lease_until" timestamp (3) with time zone,
	"first_word_at" timestamp (3) with time zone,
	"due_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "feed_words" (
	"connection_id" text COLLATE "C" NOT NULL,
	"word_id" text COLLATE "C" NOT NULL,
	"heard_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "feed_words_connection_id_word_id_pk" PRIMARY KEY("connection_id","word_id")
);
--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "changes_due_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE UNIQUE INDEX "change_feeds_path" ON "change_feeds" USING btree ("path");--> statement-breakpoint
CREATE INDEX "feed_words_heard" ON "feed_words" USING btree ("connection_id","heard_at");--> statement-breakpoint
CREATE INDEX "jobs_changes_due" ON "jobs" USING btree ("changes_due_at");