#!/bin/sh
# Publishes to servers that others wrote: scripts/publish.sh [KILLS]
#
# moto for S3 and wsgidav for WebDAV are Python programs and are installed into target/publish-tools the first time, which
# needs the network; what was published to moto is looked at with Amazon's own client. The publisher is killed KILLS times (10
# unless said) over each. Where nginx is installed (Debian: nginx-light), it serves a published site with docs/nginx.conf, of which
# headers, types and compression are asked, and Chromium opens its pages where tests/browser is installed. Needs Python 3 with venv.
set -eu

cd "$(dirname "$0")/.."
root=$PWD
kills=${1:-10}
target=${CARGO_TARGET_DIR:-$root/target}
tools=$target/publish-tools
wanted=tests/publish/requirements.txt
work=$(mktemp -d "${TMPDIR:-/tmp}/xiangwei-publish.XXXXXX")
running=
trap 'for one in $running; do kill "$one" 2>/dev/null || true; done; rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

if ! cmp -s "$wanted" "$tools/requirements.txt"; then
    python3 -m venv "$tools"
    "$tools/bin/pip" install --quiet --disable-pip-version-check -r "$wanted"
    cp "$wanted" "$tools/requirements.txt"
fi

# A port that is free now.
port() {
    python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# Waits until somebody answers at a port.
answers() {
    python3 - "$1" <<'P'
import socket, sys, time
for _ in range(300):
    try:
        socket.create_connection(("127.0.0.1", int(sys.argv[1])), 1).close()
        sys.exit(0)
    except OSError:
        time.sleep(0.1)
sys.exit("nobody answers at port " + sys.argv[1])
P
}

export AWS_ACCESS_KEY_ID=test-key AWS_SECRET_ACCESS_KEY=test-secret NO_PROXY=127.0.0.1 no_proxy=127.0.0.1
unset AWS_PROFILE AWS_REGION AWS_DEFAULT_REGION
s3=$(port)
"$tools/bin/moto_server" -H 127.0.0.1 -p "$s3" >"$work/moto.log" 2>&1 &
running="$running $!"
dav=$(port)
mkdir -p "$work/dav/site" "$work/last"
"$tools/bin/wsgidav" --host 127.0.0.1 --port "$dav" --root "$work/dav" --auth anonymous -q >"$work/dav.log" 2>&1 &
running="$running $!"
answers "$s3"
answers "$dav"
"$tools/bin/python" -c "
import boto3
boto3.client('s3', endpoint_url='http://127.0.0.1:$s3', region_name='us-east-1').create_bucket(Bucket='bucket')"

PUBLISH_REAL="s3://bucket/fzzf?endpoint=http://127.0.0.1:$s3 webdav://127.0.0.1:$dav/site/" \
    PUBLISH_KILLS=$kills PUBLISH_LAST=$work/last \
    cargo test --locked --test publish -- --ignored --exact a_site_goes_to_servers_of_others --nocapture
"$tools/bin/python" tests/publish/witness.py "http://127.0.0.1:$s3" bucket fzzf "$work/last/20"

# Only root can mount a disk that is full.
if [ "$(id -u)" = 0 ]; then
    cargo test --locked --test publish -- --ignored --exact a_full_disk_and_a_closed_one_leave_the_site_as_it_was --nocapture
else
    echo "publish: only root can mount a full disk, none was tried" >&2
fi

command -v nginx >/dev/null || { echo "publish: nginx is missing, its configuration is not tried" >&2; exit 0; }
# The tests have built the program.
mkdir -p "$work/nginx/logs" "$work/source"
cp -R site.yaml indicators.yaml content static templates "$work/source/" 2>/dev/null || true
"$target/debug/xiangwei" build --quiet --site "$work/source" --base-url http://localhost/ --output "$work/built"
"$target/debug/xiangwei" verify --quiet "$work/built"
web=$(port)
mv "$work/built" "$work/www"
sed -e "s/listen 80;/listen 127.0.0.1:$web;/" -e "s|/srv/www/fzzf|$work/www|" -e 's|include mime.types|include /etc/nginx/mime.types|' \
    docs/nginx.conf >"$work/nginx/site.conf"
cat >"$work/nginx/nginx.conf" <<N
daemon off;
pid $work/nginx/pid;
error_log $work/nginx/error.log;
events {}
http {
    access_log off;
    client_body_temp_path $work/nginx/body;
    proxy_temp_path $work/nginx/proxy;
    fastcgi_temp_path $work/nginx/fastcgi;
    uwsgi_temp_path $work/nginx/uwsgi;
    scgi_temp_path $work/nginx/scgi;
    include $work/nginx/site.conf;
}
N
chmod 755 "$work"
nginx -p "$work/nginx" -c "$work/nginx/nginx.conf" &
running="$running $!"
answers "$web"
"$tools/bin/python" tests/publish/served.py "http://127.0.0.1:$web" "$work/www"
if [ -d tests/browser/node_modules ]; then
    (cd tests/browser && node ../publish/opened.mjs "http://127.0.0.1:$web")
else
    echo "publish: tests/browser is not installed, no page was opened in Chromium" >&2
fi
