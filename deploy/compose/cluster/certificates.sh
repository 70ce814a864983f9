#!/bin/sh
# A CA and one certificate a node, into ./certificates. Keep ca.key off the machines; nodes need only ca/ca.crt.
# Renew before a year is over: run it again with the same CA, restart one node after the other.
set -eu
# The containers read what is made here as uid 1000.
case "$(id -u)" in
  0 | 1000) ;;
  *) echo 'Run it as root or as uid 1000: the containers could not read the keys otherwise.' >&2; exit 1 ;;
esac
cd "$(dirname "$0")"
umask 022
mkdir -p certificates/ca
if [ ! -f certificates/ca.key ]; then
  openssl req -x509 -newkey rsa:3072 -nodes -sha256 -days 3650 -subj '/CN=RoViec EventStoreDB CA' \
    -keyout certificates/ca.key -out certificates/ca/ca.crt
  chmod 600 certificates/ca.key
fi
for node in eventstore1 eventstore2 eventstore3; do
  mkdir -p "certificates/$node"
  # The common name is the same for all: by it nodes know each other.
  openssl req -newkey rsa:3072 -nodes -sha256 -subj '/CN=eventstoredb-node' \
    -keyout "certificates/$node/node.key" -out "certificates/$node/node.csr"
  printf 'subjectAltName=DNS:%s,DNS:localhost,IP:127.0.0.1\nextendedKeyUsage=serverAuth,clientAuth\nkeyUsage=digitalSignature,keyEncipherment\n' \
    "$node" > "certificates/$node/extensions"
  openssl x509 -req -sha256 -days 365 -in "certificates/$node/node.csr" -CA certificates/ca/ca.crt \
    -CAkey certificates/ca.key -CAcreateserial -extfile "certificates/$node/extensions" -out "certificates/$node/node.crt"
  rm "certificates/$node/node.csr" "certificates/$node/extensions"
  chmod 640 "certificates/$node/node.key"
  [ "$(id -u)" != 0 ] || chown -R 1000:1000 "certificates/$node"
done
[ -f eventstore-password ] || openssl rand -hex 24 > eventstore-password
[ -f master-key ] || openssl rand -base64 32 > master-key
chmod 640 eventstore-password master-key
[ "$(id -u)" != 0 ] || chown 1000:1000 eventstore-password master-key
