CREATE TABLE "budget_spans" (
	"budget_id" text COLLATE "C" NOT NULL,
	"from" timestamp (3) with time zone NOT NULL,
	"calls_before" bigint NOT NULL,
	"calls" bigint NOT NULL,
	"refusals_before" bigint NOT NULL,
	"refusals" bigint NOT NULL,
	CONSTRAINT "budget_spans_budget_id_from_pk" PRIMARY KEY("budget_id","from")
);
