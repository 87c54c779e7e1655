#!/bin/sh
# The broker in its container answers an authenticated request.
set -eu
umask 077
cat > /tmp/admin.properties <<EOF
security.protocol=SASL_PLAINTEXT
sasl.mechanism=SCRAM-SHA-256
sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required username="admin" password="$(cat /run/secrets/kafka-admin)";
EOF
exec /opt/kafka/bin/kafka-broker-api-versions.sh --bootstrap-server kafka:9092 \
  --command-config /tmp/admin.properties > /dev/null
