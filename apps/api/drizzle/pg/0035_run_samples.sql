CREATE TABLE "run_samples" (
	"run_id" text COLLATE "C" NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"items_done" bigint NOT NULL,
	"bytes_done" bigint NOT NULL,
	"call_count" bigint NOT NULL,
	"items_flagged" bigint NOT NULL,
	CONSTRAINT "run_samples_run_id_at_pk" PRIMARY KEY("run_id","at")
);
--> statement-breakpoint
CREATE TABLE "activity" (
	"from" timestamp (3) with time zone PRIMARY KEY NOT NULL,
	"items_done" bigint NOT NULL,
	"bytes_done" bigint NOT NULL,
	"call_count" bigint NOT NULL,
	"items_flagged" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "run_samples" ADD CONSTRAINT "run_samples_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE cascade ON UPDATE no action;