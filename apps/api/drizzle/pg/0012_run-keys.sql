CREATE TABLE "run_keys" (
	"run_id" text COLLATE "C" NOT NULL,
	"key" text COLLATE "C" NOT NULL,
	CONSTRAINT "run_keys_run_id_key_pk" PRIMARY KEY("run_id","key")
);
--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "is_restricted" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "run_keys" ADD CONSTRAINT "run_keys_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
INSERT INTO "run_keys" ("run_id", "key") SELECT DISTINCT "runs"."id", "one"."value" FROM "runs", jsonb_array_elements_text(CASE WHEN jsonb_typeof("runs"."only_keys") = 'array' THEN "runs"."only_keys" ELSE '[]'::jsonb END) AS "one"("value");--> statement-breakpoint
UPDATE "runs" SET "is_restricted" = true WHERE jsonb_typeof("only_keys") = 'array';--> statement-breakpoint
ALTER TABLE "runs" DROP COLUMN "only_keys";