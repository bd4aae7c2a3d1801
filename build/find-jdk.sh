# Finds a JDK 25 and puts its folder into GANTRY_JDK; read with '.', by sh or bash. It starts no
# process in the usual case: a JDK tells its version in the file 'release'.

# Whether the folder $1 is a JDK 25 with a compiler.
is_jdk25() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  while IFS= read -r release_line; do
    case $release_line in
      'JAVA_VERSION="25"' | 'JAVA_VERSION="25.'*) return 0 ;;
    esac
  done <"$1/release"
  return 1
}

# Puts the first JDK 25 among the folders into GANTRY_JDK.
first_jdk25() {
  for candidate; do
    if is_jdk25 "$candidate"; then
      GANTRY_JDK=$candidate
      return 0
    fi
  done
  return 1
}

# The JDK that the command 'java' of PATH belongs to, through its links.
jdk_on_path() {
  on_path=$(command -v java) || return 1
  while [ -L "$on_path" ]; do
    target=$(readlink "$on_path")
    case $target in
      /*) on_path=$target ;;
      *) on_path=${on_path%/*}/$target ;;
    esac
  done
  first_jdk25 "${on_path%/bin/java}"
}

# JAVA_HOME wins, then PATH, then the folders where systems and people put them.
find_jdk() {
  GANTRY_JDK=
  [ -n "${JAVA_HOME:-}" ] && first_jdk25 "$JAVA_HOME" && return 0
  jdk_on_path && return 0
  first_jdk25 /usr/lib/jvm/*25* /usr/lib/jvm/* /usr/java/* /usr/local/lib/jvm/* /opt/java/* \
    /opt/jdk* /opt/*jdk* /opt/*25* "${HOME:-/}"/.sdkman/candidates/java/* "${HOME:-/}"/.jdks/* \
    "${HOME:-/}"/.jenv/versions/* "${HOME:-/}"/.local/share/mise/installs/java/* \
    "${HOME:-/}"/.asdf/installs/java/* /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "${HOME:-/}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home && return 0
  if [ -x /usr/libexec/java_home ]; then
    first_jdk25 "$(/usr/libexec/java_home -v 25 2>/dev/null)" && return 0
  fi
  return 1
}

# The one line for who has none; $1 is the command that needs it.
no_jdk() {
  echo "$1: no JDK 25 found (JAVA_HOME, PATH, /usr/lib/jvm, ~/.sdkman …); install Temurin 25 from https://adoptium.net, or point JAVA_HOME at one" >&2
}

# Whether what Maven would run on by itself (JAVA_HOME, else PATH) is a JDK 25; says what to do if
# it is not.
wants_jdk25() {
  if [ -n "${JAVA_HOME:-}" ]; then
    is_jdk25 "$JAVA_HOME" && return 0
  else
    jdk_on_path && return 0
  fi
  echo "Gantry builds with JDK 25 and this Java is another: run ./check or ./gantry, which find one, or set JAVA_HOME to Temurin 25 (https://adoptium.net)" >&2
  return 1
}
