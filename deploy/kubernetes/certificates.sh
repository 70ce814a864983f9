#!/bin/sh
# What the secrets are made of, into ./secrets: a CA, one certificate for the three nodes, the account's password, the
# master key. Keep ca.key off the cluster. Renew before a year is over: run it again with the same CA, replace the
# secret eventstoredb-node, restart one node after the other.
set -eu
cd "$(dirname "$0")"
umask 077
mkdir -p secrets
cd secrets
if [ ! -f ca.key ]; then
  openssl req -x509 -newkey rsa:3072 -nodes -sha256 -days 3650 -subj '/CN=RoViec EventStoreDB CA' \
    -keyout ca.key -out ca.crt
fi
# The common name is the same for all: by it nodes know each other.
openssl req -newkey rsa:3072 -nodes -sha256 -subj '/CN=eventstoredb-node' -keyout node.key -out node.csr
# Each node by its name: clients do not take a wildcard before a single label, such as *.eventstoredb.
cat > extensions <<END
subjectAltName=DNS:eventstoredb-0.eventstoredb,DNS:eventstoredb-1.eventstoredb,DNS:eventstoredb-2.eventstoredb,DNS:localhost,IP:127.0.0.1
extendedKeyUsage=serverAuth,clientAuth
keyUsage=digitalSignature,keyEncipherment
END
openssl x509 -req -sha256 -days 365 -in node.csr -CA ca.crt -CAkey ca.key -CAcreateserial -extfile extensions -out node.crt
rm node.csr extensions
[ -f password ] || openssl rand -hex 24 > password
[ -f master-key ] || openssl rand -base64 32 > master-key
