#!/usr/bin/env bash
# Install what `make test-external` needs, with apt-get, where it is missing: the PostgreSQL and
# MariaDB servers, Java, Chromium, LibreOffice and openssl. Status 0 when all is there.
set -euo pipefail

missing=()
compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || command -v initdb >/dev/null ||
  missing+=(postgresql)
PATH="$PATH:/usr/sbin" command -v mariadbd >/dev/null || missing+=(mariadb-server)
# With the compiler: a client in Java is among what is tried.
command -v "${JAVA_HOME:+$JAVA_HOME/bin/}javac" >/dev/null || missing+=(openjdk-17-jdk-headless)
command -v chromium >/dev/null || command -v google-chrome >/dev/null || missing+=(chromium)
command -v soffice >/dev/null && compgen -G '/usr/lib/libreoffice/program/libswlo.so' >/dev/null ||
  missing+=(libreoffice-writer libreoffice-calc)
command -v openssl >/dev/null || missing+=(openssl)
[ "${#missing[@]}" -gt 0 ] || exit 0

if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
  echo "missing: ${missing[*]} (as Debian names them); install them, or run this as root" >&2
  exit 1
fi
echo "installing ${missing[*]}, this once"
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
# Releases that no longer have Java 17 have a later one, which serves as well.
apt-cache show openjdk-17-jdk-headless >/dev/null 2>&1 ||
  missing=("${missing[@]/openjdk-17-jdk-headless/default-jdk-headless}")
apt-get install -qq --yes --no-install-recommends "${missing[@]}"
