ALTER TABLE "plans" ADD COLUMN "ordinal" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "plans" ADD COLUMN "job_ordinal" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
UPDATE "plans" SET "ordinal" = o."number" FROM (SELECT "id", row_number() OVER (ORDER BY "created_at", "id") AS "number" FROM "plans") o WHERE o."id" = "plans"."id";--> statement-breakpoint
UPDATE "plans" SET "job_ordinal" = o."first" FROM (SELECT "job_id", min("ordinal") AS "first" FROM "plans" GROUP BY "job_id") o WHERE o."job_id" = "plans"."job_id";--> statement-breakpoint
ALTER TABLE "plans" ALTER COLUMN "ordinal" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "plans" ALTER COLUMN "job_ordinal" DROP DEFAULT;--> statement-breakpoint
CREATE UNIQUE INDEX "plans_ordinal" ON "plans" USING btree ("ordinal");--> statement-breakpoint
INSERT INTO "facts" ("name", "value") SELECT 'newest-plan', cast(max("ordinal") AS text) FROM "plans" HAVING count(*) > 0;--> statement-breakpoint
DROP INDEX "steps_sequence";--> statement-breakpoint
DROP INDEX "steps_outcome";--> statement-breakpoint
DROP INDEX "steps_item";--> statement-breakpoint
DROP INDEX "steps_begun";--> statement-breakpoint
DROP INDEX "steps_latest";--> statement-breakpoint
ALTER TABLE "steps" RENAME TO "former_steps";--> statement-breakpoint
ALTER INDEX "steps_pkey" RENAME TO "former_steps_pkey";--> statement-breakpoint
CREATE TABLE "step_numbers" ("id" bigint PRIMARY KEY NOT NULL, "former" text COLLATE "C" NOT NULL UNIQUE);--> statement-breakpoint
INSERT INTO "step_numbers" ("former", "id") SELECT f."id", p."ordinal" * 67108864 + row_number() OVER (PARTITION BY f."plan_id" ORDER BY f."sequence", f."id") FROM "former_steps" f JOIN "plans" p ON p."id" = f."plan_id";--> statement-breakpoint
CREATE TABLE "steps" (
	"id" bigint PRIMARY KEY NOT NULL,
	"turn" bigint,
	"action" smallint NOT NULL,
	"side" smallint NOT NULL,
	"kind" smallint NOT NULL,
	"item_key" text COLLATE "C" NOT NULL,
	"destination_key" text COLLATE "C",
	"source_remote_id" text COLLATE "C",
	"byte_size" bigint,
	"plan_reason" smallint NOT NULL,
	"plan_message" text COLLATE "C" NOT NULL,
	"step" text COLLATE "C" NOT NULL,
	"byte_count" bigint NOT NULL,
	"call_count" integer NOT NULL,
	"is_destructive" boolean NOT NULL,
	"is_revised" boolean NOT NULL,
	"is_stale" boolean DEFAULT false NOT NULL,
	"outcome" smallint NOT NULL,
	"reason" smallint NOT NULL,
	"message" text COLLATE "C",
	"remedy" text COLLATE "C",
	"sha256" bytea,
	"verified_by" smallint,
	"destination_remote_id" text COLLATE "C",
	"bytes_done" bigint DEFAULT 0 NOT NULL,
	"versions_done" integer DEFAULT 0 NOT NULL,
	"attempts" jsonb DEFAULT '[]' NOT NULL,
	"attempt_count" integer DEFAULT 0 NOT NULL,
	"begun_at" timestamp (3) with time zone,
	"is_in_doubt" boolean DEFAULT false NOT NULL,
	"intent_sha256" bytea,
	"checkpoint" text COLLATE "C",
	"finished_at" timestamp (3) with time zone,
	"latest_of" bigint
);--> statement-breakpoint
INSERT INTO "steps" ("id", "turn", "action", "side", "kind", "item_key", "destination_key", "source_remote_id", "byte_size", "plan_reason", "plan_message", "step", "byte_count", "call_count", "is_destructive", "is_revised", "is_stale", "outcome", "reason", "message", "remedy", "sha256", "verified_by", "destination_remote_id", "bytes_done", "versions_done", "attempts", "attempt_count", "begun_at", "is_in_doubt", "intent_sha256", "checkpoint", "finished_at", "latest_of") SELECT
	n."id",
	CASE WHEN p."is_frozen" THEN n."id" END,
	CASE f."action" WHEN 'ADOPT' THEN 0 WHEN 'CREATE' THEN 1 WHEN 'DELETE' THEN 2 WHEN 'DESCRIBE' THEN 3 WHEN 'MOVE' THEN 4 WHEN 'REFUSE' THEN 5 WHEN 'RENAME' THEN 6 WHEN 'SKIP' THEN 7 WHEN 'UPDATE' THEN 8 END,
	CASE f."side" WHEN 'SOURCE' THEN 0 WHEN 'DESTINATION' THEN 1 END,
	CASE f."kind" WHEN 'FILE' THEN 0 WHEN 'FOLDER' THEN 1 END,
	f."item_key",
	CASE WHEN f."destination_key" = substr(f."item_key", 3) THEN '=' ELSE ':' || f."destination_key" END,
	CASE WHEN substr(f."item_key", 3) <> '' AND right(f."source_remote_id", length(substr(f."item_key", 3))) = substr(f."item_key", 3) THEN '=' || substr(f."source_remote_id", 1, length(f."source_remote_id") - length(substr(f."item_key", 3))) ELSE ':' || f."source_remote_id" END,
	f."byte_size",
	CASE f."plan_reason" WHEN 'IDENTICAL' THEN 0 WHEN 'NEW' THEN 1 WHEN 'CONTENT_CHANGED' THEN 2 WHEN 'METADATA_CHANGED' THEN 3 WHEN 'PLACE_CHANGED' THEN 4 WHEN 'DELETED_ON_OTHER_SIDE' THEN 5 WHEN 'MOVED_AWAY' THEN 6 WHEN 'EXTRA_AT_DESTINATION' THEN 7 WHEN 'EDITED_AT_DESTINATION' THEN 8 WHEN 'CONFLICT' THEN 9 WHEN 'NAME_TAKEN' THEN 10 WHEN 'DUPLICATE_NAME' THEN 11 WHEN 'NAME_INVALID' THEN 12 WHEN 'PATH_TOO_LONG' THEN 13 WHEN 'FILE_TOO_LARGE' THEN 14 WHEN 'FILE_TYPE_RESTRICTED' THEN 15 WHEN 'ZERO_BYTES' THEN 16 WHEN 'EMPTY_FOLDER' THEN 17 WHEN 'EXCLUDED_BY_RULE' THEN 18 WHEN 'OUT_OF_SCOPE' THEN 19 WHEN 'SPECIAL_FILE' THEN 20 WHEN 'LOCKED' THEN 21 WHEN 'LISTING_FAILED' THEN 22 WHEN 'ACCESS_DENIED' THEN 23 WHEN 'DESTINATION_FULL' THEN 24 WHEN 'CHANGED_DURING_READ' THEN 25 WHEN 'CONTENT_INCOMPLETE' THEN 26 WHEN 'VERIFICATION_FAILED' THEN 27 WHEN 'METADATA_MISSING' THEN 28 WHEN 'UNMAPPED' THEN 29 WHEN 'VERSIONS_LEFT_OUT' THEN 30 WHEN 'BUDGET_EXHAUSTED' THEN 31 WHEN 'NETWORK_ERROR' THEN 32 WHEN 'PLATFORM_ERROR' THEN 33 WHEN 'IGNORED' THEN 34 WHEN 'CANCELED' THEN 35 WHEN 'INTERNAL_ERROR' THEN 36 WHEN 'OTHER' THEN 37 END,
	f."plan_message",
	f."step",
	f."byte_count",
	f."call_count",
	f."is_destructive",
	f."is_revised",
	f."is_stale",
	CASE f."outcome" WHEN 'PENDING' THEN 0 WHEN 'IN_PROGRESS' THEN 1 WHEN 'CREATED' THEN 2 WHEN 'UPDATED' THEN 3 WHEN 'RENAMED' THEN 4 WHEN 'MOVED' THEN 5 WHEN 'DELETED' THEN 6 WHEN 'DESCRIBED' THEN 7 WHEN 'ADOPTED' THEN 8 WHEN 'UNCHANGED' THEN 9 WHEN 'SKIPPED' THEN 10 WHEN 'RETRYING' THEN 11 WHEN 'FLAGGED' THEN 12 END,
	CASE f."reason" WHEN 'IDENTICAL' THEN 0 WHEN 'NEW' THEN 1 WHEN 'CONTENT_CHANGED' THEN 2 WHEN 'METADATA_CHANGED' THEN 3 WHEN 'PLACE_CHANGED' THEN 4 WHEN 'DELETED_ON_OTHER_SIDE' THEN 5 WHEN 'MOVED_AWAY' THEN 6 WHEN 'EXTRA_AT_DESTINATION' THEN 7 WHEN 'EDITED_AT_DESTINATION' THEN 8 WHEN 'CONFLICT' THEN 9 WHEN 'NAME_TAKEN' THEN 10 WHEN 'DUPLICATE_NAME' THEN 11 WHEN 'NAME_INVALID' THEN 12 WHEN 'PATH_TOO_LONG' THEN 13 WHEN 'FILE_TOO_LARGE' THEN 14 WHEN 'FILE_TYPE_RESTRICTED' THEN 15 WHEN 'ZERO_BYTES' THEN 16 WHEN 'EMPTY_FOLDER' THEN 17 WHEN 'EXCLUDED_BY_RULE' THEN 18 WHEN 'OUT_OF_SCOPE' THEN 19 WHEN 'SPECIAL_FILE' THEN 20 WHEN 'LOCKED' THEN 21 WHEN 'LISTING_FAILED' THEN 22 WHEN 'ACCESS_DENIED' THEN 23 WHEN 'DESTINATION_FULL' THEN 24 WHEN 'CHANGED_DURING_READ' THEN 25 WHEN 'CONTENT_INCOMPLETE' THEN 26 WHEN 'VERIFICATION_FAILED' THEN 27 WHEN 'METADATA_MISSING' THEN 28 WHEN 'UNMAPPED' THEN 29 WHEN 'VERSIONS_LEFT_OUT' THEN 30 WHEN 'BUDGET_EXHAUSTED' THEN 31 WHEN 'NETWORK_ERROR' THEN 32 WHEN 'PLATFORM_ERROR' THEN 33 WHEN 'IGNORED' THEN 34 WHEN 'CANCELED' THEN 35 WHEN 'INTERNAL_ERROR' THEN 36 WHEN 'OTHER' THEN 37 END,
	nullif(f."message", f."plan_message"),
	f."remedy",
	CASE WHEN f."sha256" ~ '^([0-9a-fA-F]{2})*$' THEN decode(f."sha256", 'hex') END,
	CASE f."verified_by" WHEN 'NONE' THEN 0 WHEN 'SIZE' THEN 1 WHEN 'CHECKSUM' THEN 2 END,
	CASE WHEN substr(f."item_key", 3) <> '' AND right(f."destination_remote_id", length(substr(f."item_key", 3))) = substr(f."item_key", 3) THEN '=' || substr(f."destination_remote_id", 1, length(f."destination_remote_id") - length(substr(f."item_key", 3))) ELSE ':' || f."destination_remote_id" END,
	f."bytes_done",
	f."versions_done",
	f."attempts",
	f."attempt_count",
	f."begun_at",
	f."is_in_doubt",
	CASE WHEN f."intent_sha256" ~ '^([0-9a-fA-F]{2})*$' THEN decode(f."intent_sha256", 'hex') END,
	f."checkpoint",
	f."finished_at",
	CASE WHEN f."is_latest" THEN p."job_ordinal" END
FROM "step_numbers" n JOIN "former_steps" f ON f."id" = n."former" JOIN "plans" p ON p."id" = f."plan_id" ORDER BY n."id";--> statement-breakpoint
ALTER TABLE "run_events" ADD COLUMN "item" bigint;--> statement-breakpoint
UPDATE "run_events" SET "item" = (SELECT n."id" FROM "step_numbers" n WHERE n."former" = "run_events"."step_id") WHERE "step_id" IS NOT NULL;--> statement-breakpoint
ALTER TABLE "run_events" DROP COLUMN "step_id";--> statement-breakpoint
DROP TABLE "step_numbers";--> statement-breakpoint
DROP TABLE "former_steps";--> statement-breakpoint
CREATE INDEX "steps_outcome" ON "steps" USING btree ("outcome","id");--> statement-breakpoint
CREATE INDEX "steps_turn" ON "steps" USING btree ("outcome","turn") WHERE turn is not null;--> statement-breakpoint
CREATE INDEX "steps_stale" ON "steps" USING btree ("item_key") WHERE is_stale;--> statement-breakpoint
CREATE INDEX "steps_begun" ON "steps" USING btree ("begun_at") WHERE begun_at is not null;--> statement-breakpoint
CREATE INDEX "steps_latest" ON "steps" USING btree ("latest_of","item_key") WHERE latest_of is not null;