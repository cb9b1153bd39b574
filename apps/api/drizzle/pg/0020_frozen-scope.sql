CREATE TABLE "scope_marks" (
	"pair" bigint NOT NULL,
	"mark" bigint NOT NULL,
	CONSTRAINT "scope_marks_pair_mark_pk" PRIMARY KEY("pair","mark")
);
--> statement-breakpoint
ALTER TABLE "location_pairs" ADD COLUMN "scope" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "scope_marks" ADD CONSTRAINT "scope_marks_pair_location_pairs_number_fk" FOREIGN KEY ("pair") REFERENCES "public"."location_pairs"("number") ON DELETE cascade ON UPDATE no action;