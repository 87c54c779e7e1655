#!/bin/sh
# The object store in its container: the same doors closed as in mingjing_deploy.local.objectstore.
set -eu
umask 077
settings=/data/settings
mkdir -p "$settings"
if [ ! -e "$settings/security.toml" ]; then
  for part in jwt.signing jwt.signing.read jwt.filer_signing jwt.filer_signing.read; do
    printf '[%s]\nkey = "%s"\n\n' "$part" "$(head -c 32 /dev/urandom | base64)"
  done > "$settings/security.toml"
fi
# Rights as in mingjing_deploy.local.objectstore: all for the setup job, one bucket for a service.
identity() {
  printf '{"name":"%s","credentials":[{"accessKey":"%s","secretKey":"%s"}],"actions":[%s]}' \
    "$1" "$1" "$(cat "/run/secrets/objectstore-$1")" "$2"
}
{
  printf '{"identities":['
  identity admin '"Admin","Read","Write","List","Tagging"'
  printf ,
  identity recording '"Read:footage","Write:footage","List:footage","PutObjectRetention:footage"'
  printf ,
  identity tasks '"Read:event-archive","Write:event-archive","List:event-archive","PutObjectRetention:event-archive"'
  printf ']}'
} > "$settings/s3.json"
exec weed -config_dir="$settings" -logtostderr=true server -dir=/data \
  -master.port=9333 -master.port.grpc=19333 -master.volumeSizeLimitMB=256 \
  -master.telemetry=false -master.electionTimeout=1s \
  -volume.port=8080 -volume.port.grpc=18080 -volume.max=40 -volume.preStopSeconds=1 \
  -filer -filer.disableHttp=true -filer.port=8888 -filer.port.grpc=18888 \
  -s3 -s3.port=8333 -s3.port.grpc=18333 -s3.port.iceberg=0 -s3.port.lance=0 \
  -s3.config="$settings/s3.json" -s3.iam=false \
  -s3.autoCreateBucket=false -s3.allowDeleteBucketNotEmpty=false
