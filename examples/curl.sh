#!/usr/bin/env bash
# Copies a folder into a project with curl. The README shows the same lines; a test keeps the two equal.
set -eo pipefail

URL=${URL:-http://localhost:4000}
PASSWORD=${PASSWORD:-the password that was printed}
FOLDER=${FOLDER:-$PWD/data/demo/Harbour Pier 4/01 Drawings}
PROCORE_URL=${PROCORE_URL:-http://127.0.0.1:4001}

# Sign in as a person once, and make a token for programs.
COOKIES=$(mktemp)
ask() { curl -s "$URL/graphql" -H 'content-type: application/json' -H "origin: $URL" "$@"; }
pick() { node -pe "JSON.parse(require('fs').readFileSync(0, 'utf8')).data.$1"; }
ask -c "$COOKIES" -o /dev/null -d "{\"query\": \"mutation { signIn(login: \\\"admin\\\", password: \\\"$PASSWORD\\\") { userErrors { message } } }\"}"
TOKEN=$(ask -b "$COOKIES" -d '{"query": "mutation { apiTokenCreate(displayName: \"curl\", scopes: [CONNECTIONS_READ, CONNECTIONS_WRITE, CREDENTIALS_WRITE, JOBS_READ, JOBS_WRITE, RUNS_CONTROL]) { secret userErrors { message } } }"}' | pick apiTokenCreate.secret)
rm "$COOKIES"
gql() { curl -s "$URL/graphql" -H 'content-type: application/json' -H "authorization: Bearer $TOKEN" -d "$1"; }

# Two connections: a folder, and a Procore project as a service account.
CREATE='mutation ($input: ConnectionCreateInput!) { connectionCreate(input: $input) { connection { id health { status message } } userErrors { code message field } } }'
SHARE=$(gql "{\"query\": \"$CREATE\", \"variables\": {\"input\": {\"name\": \"Site folder\", \"settings\": {\"networkFileShare\": {\"location\": \"$FOLDER\"}}, \"testNow\": true}}}" | pick connectionCreate.connection.id)
PROCORE=$(gql "{\"query\": \"$CREATE\", \"variables\": {\"input\": {\"name\": \"Ferry Terminal\", \"settings\": {\"procore\": {\"clientCredentials\": \"CUSTOM\", \"authenticationMethod\": \"OAUTH_CLIENT_CREDENTIALS\", \"loginUrl\": \"$PROCORE_URL\", \"apiUrl\": \"$PROCORE_URL\", \"companyId\": \"598134325100042\", \"projectId\": \"598134325500772\"}}, \"credential\": {\"oauthClient\": {\"clientId\": \"sandbox-service\", \"clientSecret\": \"sandbox-service-secret\"}}, \"testNow\": true}}}" | pick connectionCreate.connection.id)

# A job, and a run of it.
JOB=$(gql "{\"query\": \"mutation (\$input: JobCreateInput!) { jobCreate(input: \$input) { job { id } userErrors { code message field } } }\", \"variables\": {\"input\": {\"name\": \"Drawings to Procore\", \"transferType\": \"COPY\", \"source\": {\"connectionId\": \"$SHARE\"}, \"destination\": {\"connectionId\": \"$PROCORE\", \"at\": {\"path\": \"/From the site\"}}}}}" | pick jobCreate.job.id)
RUN=$(gql "{\"query\": \"mutation { runStart(jobId: \\\"$JOB\\\") { run { id } userErrors { code message } } }\"}" | pick runStart.run.id)

# Ask how far it is, until it has ended …
STATE=
until [[ $STATE =~ ^(SUCCEEDED|SUCCEEDED_WITH_ISSUES|CARRIED_OVER|CANCELED|FAILED)$ ]]; do
  sleep 1
  ANSWER=$(gql "{\"query\": \"{ run(id: \\\"$RUN\\\") { state waitingUntil statistics { itemsDone itemsPlanned bytesDone calls { total throttled } expectedFinishAt } } }\"}")
  STATE=$(pick run.state <<<"$ANSWER")
  echo "$ANSWER"
done

# … and list what happened to each item.
gql "{\"query\": \"{ run(id: \\\"$RUN\\\") { state items(first: 5) { nodes { sourcePath destinationPath outcome reason message sha256 } pageInfo { hasNextPage endCursor } } } }\"}"; echo
