#!/usr/bin/env bash
# The guides of docs/api.md with curl, one after the other. The page shows these lines; a test keeps the two equal.
set -eo pipefail

URL=${URL:-http://localhost:4000}
TOKEN=${TOKEN:?Make one on the page Access, API tokens}

# Sends a document and its variables, both as they stand, and prints the answer. The token is not on a command line.
body() { node -e 'const [query, variables = "{}"] = process.argv.slice(1);
  console.log(JSON.stringify({ query, variables: JSON.parse(variables) }));' "$@"; }
gql() { body "$@" | curl -sS "$URL/graphql" -H 'content-type: application/json' \
  -H @<(printf 'authorization: Bearer %s' "$TOKEN") --data-binary @-; echo; }
# Takes a value out of an answer.
pick() { node -pe "JSON.parse(require('fs').readFileSync(0, 'utf8')).data.$1"; }

gql '{ viewer { actor { displayName } scopes } }'

FOLDER=${FOLDER:-$PWD/data/demo/Harbour Pier 4/01 Drawings}
PROCORE_URL=${PROCORE_URL:-http://127.0.0.1:4001}
CONNECT='mutation Connect($input: ConnectionCreateInput!, $key: String) {
  connectionCreate(input: $input, idempotencyKey: $key) {
    connection { id health { status message } }
    userErrors { code message field }
  }
}'

SHARE=$(gql "$CONNECT" "{ \"input\": { \"settings\": { \"networkFileShare\": { \"location\": \"$FOLDER\" } }, \"testNow\": true } }" |
  pick connectionCreate.connection.id)
PROCORE=$(gql "$CONNECT" "{ \"input\": {
  \"settings\": { \"procore\": {
    \"clientCredentials\": \"CUSTOM\", \"authenticationMethod\": \"OAUTH_CLIENT_CREDENTIALS\",
    \"loginUrl\": \"$PROCORE_URL\", \"apiUrl\": \"$PROCORE_URL\",
    \"companyId\": \"598134325100042\", \"projectId\": \"598134325500772\" } },
  \"credential\": { \"oauthClient\": { \"clientId\": \"sandbox-service\", \"clientSecret\": \"sandbox-service-secret\" } },
  \"testNow\": true } }" | pick connectionCreate.connection.id)
gql 'query Health($ids: [ID!]!) { nodes(ids: $ids) { ... on ConnectionProfile { name health { status message } } } }' \
  "{ \"ids\": [\"$SHARE\", \"$PROCORE\"] }"

JOB=$(gql 'mutation CreateJob($input: JobCreateInput!, $key: String) {
  jobCreate(input: $input, idempotencyKey: $key) {
    job { id state issues { severity message field } }
    userErrors { code message field }
  }
}' "{ \"input\": {
  \"name\": \"Guide with curl\", \"transferType\": \"COPY\",
  \"source\": { \"connectionId\": \"$SHARE\" },
  \"destination\": { \"connectionId\": \"$PROCORE\", \"at\": { \"path\": \"/Guide with curl\" } } } }" | pick jobCreate.job.id)

SET=$(gql 'mutation CreateSet($input: MappingSetInput!, $key: String) {
  mappingSetCreate(kind: METADATA, sourcePlatform: NETWORK_FILE_SHARE, destinationPlatform: PROCORE,
    input: $input, idempotencyKey: $key) { mappingSet { id } userErrors { code message field } }
}' '{ "input": { "name": "Guide with curl" } }' | pick mappingSetCreate.mappingSet.id)

IMPORT='mutation Import($id: ID!, $csv: String!, $dryRun: Boolean!) {
  mappingImport(mappingSetId: $id, csv: $csv, dryRun: $dryRun) {
    addedCount replacedCount deletedCount rowErrors { line column message } userErrors { code message field } } }'
RULES='destinationField,sourceField,fixedValue,template,defaultValue,isRequired,choices\ndescription,,,From {path},,true,'
gql "$IMPORT" "{ \"id\": \"$SET\", \"csv\": \"$RULES\\nprivate,,,,,maybe,\", \"dryRun\": true }"
gql "$IMPORT" "{ \"id\": \"$SET\", \"csv\": \"$RULES\", \"dryRun\": false }"
gql 'query Preview($id: ID!, $location: LocationInput!) { mappingPreview(mappingSetId: $id, location: $location, first: 3) {
  entry { path } destinationField destinationValue match problem } }' \
  "{ \"id\": \"$SET\", \"location\": { \"connectionId\": \"$SHARE\" } }"
gql 'mutation Use($jobId: ID!, $ids: [ID!]!) { jobUpdate(id: $jobId, input: { mappingSetIds: $ids }) {
  job { issues { severity message } } userErrors { code message field } } }' "{ \"jobId\": \"$JOB\", \"ids\": [\"$SET\"] }"

PLAN=$(gql 'mutation Plan($jobId: ID!, $key: String) {
  planCreate(jobId: $jobId, idempotencyKey: $key) { plan { id } userErrors { code message field } }
}' "{ \"jobId\": \"$JOB\" }" | pick planCreate.plan.id)

LOOK='query Look($id: ID!) { plan(id: $id) {
  taskState failure { message } summary { itemCount byteCount totals { action itemCount } warnings { message } } } }'
TASK=
until [[ $TASK =~ ^(SUCCEEDED|FAILED)$ ]]; do
  sleep 0.5
  LOOKED=$(gql "$LOOK" "{ \"id\": \"$PLAN\" }")
  TASK=$(pick plan.taskState <<<"$LOOKED")
done
echo "$LOOKED"

START='mutation Start($jobId: ID!, $key: String) {
  runStart(jobId: $jobId, idempotencyKey: $key) { run { id } userErrors { code message field } }
}'
KEY=$(node -pe 'crypto.randomUUID()')
RUN=$(gql "$START" "{ \"jobId\": \"$JOB\", \"key\": \"$KEY\" }" | pick runStart.run.id)

STATE=
until [[ $STATE =~ ^(SUCCEEDED|SUCCEEDED_WITH_ISSUES|CARRIED_OVER|CANCELED|FAILED)$ ]]; do
  sleep 1
  STATE=$(gql 'query State($id: ID!) { run(id: $id) { state statistics { itemsDone itemsPlanned } } }' "{ \"id\": \"$RUN\" }" |
    pick run.state)
done
gql 'query Ended($id: ID!) { run(id: $id) { state stateReason { code message } statistics { outcomes { outcome itemCount } } } }' \
  "{ \"id\": \"$RUN\" }"

ITEMS='query Items($id: ID!, $after: String) { run(id: $id) { items(first: 2, after: $after) {
  nodes { sourcePath destinationPath outcome reason message sha256 } pageInfo { hasNextPage endCursor } } } }'
CURSOR=null HAS_NEXT=true
while [[ $HAS_NEXT == true ]]; do
  PAGE=$(gql "$ITEMS" "{ \"id\": \"$RUN\", \"after\": $CURSOR }")
  echo "$PAGE"
  HAS_NEXT=$(pick run.items.pageInfo.hasNextPage <<<"$PAGE")
  CURSOR="\"$(pick run.items.pageInfo.endCursor <<<"$PAGE")\""
done

REPORT=$(gql 'mutation Report($input: ReportCreateInput!, $key: String) {
  reportCreate(input: $input, idempotencyKey: $key) { report { id } userErrors { code message field } } }' \
  "{ \"input\": { \"kind\": \"VALIDATION\", \"subject\": { \"jobId\": \"$JOB\" }, \"format\": \"JSONL\" } }" |
  pick reportCreate.report.id)
MADE='query Made($id: ID!) { node(id: $id) { ... on Report { taskState failure { code message } downloadUrl
  validation { sourceItems destinationItems equalItems missingItems extraItems differentItems } } } }'
until [[ $(gql "$MADE" "{ \"id\": \"$REPORT\" }" | pick node.taskState) =~ ^(SUCCEEDED|FAILED)$ ]]; do sleep 1; done
gql "$MADE" "{ \"id\": \"$REPORT\" }"
curl -sS "$(gql "$MADE" "{ \"id\": \"$REPORT\" }" | pick node.downloadUrl)"

gql "$START" '{ "jobId": "job_unknown" }'
gql '{ jobs(first: 1000) { nodes { id } } }'
gql '{ job(id: "job_unknown") { name } }'

gql "$START" "{ \"jobId\": \"$JOB\", \"key\": \"$KEY\" }"

EVENTS='query Events($id: ID!, $after: String) { run(id: $id) { events(first: 3, after: $after) { cursor sequence kind state } } }'
FIRST=$(gql "$EVENTS" "{ \"id\": \"$RUN\" }")
gql "$EVENTS" "{ \"id\": \"$RUN\", \"after\": \"$(pick 'run.events.at(-1).cursor' <<<"$FIRST")\" }"
