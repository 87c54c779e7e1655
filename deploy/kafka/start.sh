#!/bin/sh
# The broker in its container: fill in server.properties, format once, start. (One machine without
# Docker: mingjing_deploy.local.kafka does the same.)
set -eu
umask 077
data=/var/lib/kafka/data
settings=/tmp/server.properties
broker=$(cat /run/secrets/kafka-broker)
admin=$(cat /run/secrets/kafka-admin)
sed -e "s|\${data}|$data|" \
    -e "s|\${listeners}|SERVICES://:9092,PUBLISHERS://:9094,CONTROLLER://:9093|" \
    -e "s|\${advertised}|SERVICES://kafka:9092,PUBLISHERS://127.0.0.1:9094,CONTROLLER://kafka:9093|" \
    -e "s|\${controller}|kafka:9093|" \
    -e "s|\${broker_password}|$broker|g" \
    /opt/mingjing/server.properties > "$settings"
if [ ! -e "$data/meta.properties" ]; then
  # It prints salted passwords: nobody needs to read that.
  /opt/kafka/bin/kafka-storage.sh format --config "$settings" --standalone \
    --cluster-id "$(/opt/kafka/bin/kafka-storage.sh random-uuid)" \
    --add-scram "SCRAM-SHA-256=[name=broker,password=$broker]" \
    --add-scram "SCRAM-SHA-256=[name=admin,password=$admin]" > /dev/null
fi
# The broker's figures for Prometheus, when `make up` (or .ci/run) has brought the agent's jar.
agent=$(ls /opt/cache/kafka-*/jmx_prometheus_javaagent-*.jar 2> /dev/null | tail -1)
if [ -n "$agent" ]; then
  export KAFKA_OPTS="-javaagent:$agent=7071:/opt/mingjing/jmx.yml"
fi
exec /opt/kafka/bin/kafka-server-start.sh "$settings"
