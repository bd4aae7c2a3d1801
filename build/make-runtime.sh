# Builds what ./gantry starts; read with '.' by that script, which has set root, runtimes and
# GANTRY_JDK. One build at a time, whoever starts it: the others wait and take what it made.

# Runs its arguments under the build lock.
locked() {
  if command -v flock >/dev/null 2>&1; then
    (
      flock -n 9 || {
        echo "gantry: waiting for a build that runs already …" >&2
        flock 9
      }
      "$@"
    ) 9>"$runtimes/lock"
    return
  fi
  until mkdir "$runtimes/lock.d" 2>/dev/null; do
    holder=
    [ -r "$runtimes/lock.d/pid" ] && read -r holder <"$runtimes/lock.d/pid"
    if [ -n "$holder" ] && ! kill -0 "$holder" 2>/dev/null; then
      rm -rf "$runtimes/lock.d"
    else
      sleep 1
    fi
  done
  echo $$ >"$runtimes/lock.d/pid"
  "$@"
  result=$?
  rm -rf "$runtimes/lock.d"
  return $result
}

make_runtime() {
  if ! mkdir -p "$runtimes" 2>/dev/null || ! [ -w "$runtimes" ]; then
    echo "gantry: this checkout has to be built and cannot be written: $root; copy it to a folder of yours, or run ./gantry once as its owner" >&2
    return 1
  fi
  locked build_once
}

# Under the lock: somebody may have built meanwhile.
build_once() {
  fresh && return 0
  echo "gantry: building (on first use and after changes; about half a minute) …" >&2
  next=$(date +%Y%m%d%H%M%S).$$
  made=$runtimes/$next
  mkdir "$made" && : >"$made/stamp" || return 1
  if ! (cd "$root" && JAVA_HOME=$GANTRY_JDK ./mvnw -B -q -Plaunch package) >&2; then
    rm -rf "$made"
    echo "gantry: the build failed; what it said stands above" >&2
    return 1
  fi
  cp -p "$root"/cli/target/launch/lib/*.jar "$made/" || return 1
  classpath=
  for jar in "$made"/*.jar; do
    classpath=$classpath${classpath:+:}$jar
  done
  printf '%s\n' "$classpath" >"$made/classpath"
  train
  printf '%s\n' "$next" >"$runtimes/current.$$" && mv -f "$runtimes/current.$$" "$runtimes/current"
  sweep
}

# Makes the AOT cache by running the usual commands once; without it everything works, slower.
train() {
  "$GANTRY_JDK/bin/java" -XX:AOTCacheOutput="$made/gantry.aot" -XX:+UseSerialGC \
    -XX:-UsePerfData -Xlog:disable -cp "$classpath" dev.gantry.cli.Training "$root" \
    >"$made/training.log" 2>&1 || echo "gantry: no start-up cache ($made/training.log says why)" >&2
}

# Runtimes built before, except the newest of them: a program may still run from it.
sweep() {
  # shellcheck disable=SC2012
  ls -1d "$runtimes"/[0-9]* 2>/dev/null | sort -r | tail -n +3 | while IFS= read -r old; do
    rm -rf "$old"
  done
}
