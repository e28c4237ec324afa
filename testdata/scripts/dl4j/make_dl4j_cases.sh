#!/usr/bin/env bash
# Makes the cases of one version of DL4J: make_dl4j_cases.sh VERSION OUT [REGEX of names [double|half]]
# Needs a JDK (17 does) and Maven, which fetches that DL4J into a folder of its own.
set -euo pipefail

version=$1
out=$(mkdir -p "$2" && cd "$2" && pwd)
only=${3:-.*}
type=${4:-float}
here=$(cd "$(dirname "$0")" && pwd)
work=${DL4J_WORK:-${TMPDIR:-/tmp}/dl4j-cases}
mvn=${MVN:-mvn}

# What each version can compile: the file of the oldest API first.
case $version in
  0.5.0 | 0.6.0) era=early sources="Since050 Since050Shapes" ;;
  0.7.2) era=early sources="Since050 Since050Shapes Since072" ;;
  0.8.0) era=early sources="Since050 Since050Shapes Since072 Since080" ;;
  0.9.1) era=early sources="Since050 Since050Shapes Since072 Since080 Since091" ;;
  1.0.0-*) era=modern sources="Since072 Since080 Since091 SinceAlpha SinceAlphaShapes Constraints" ;;
  *) echo "unknown version $version" >&2; exit 2 ;;
esac
case $version in 1.0.0-beta* | 1.0.0-M*) sources="$sources SinceBeta" ;; esac
case $version in 1.0.0-beta[2-9] | 1.0.0-M*) sources="$sources SinceBeta2" ;; esac
case $version in 1.0.0-beta[4-9] | 1.0.0-M*) sources="$sources SinceBeta4" ;; esac
case $version in 1.0.0-beta[6-9] | 1.0.0-M*) sources="$sources SinceBeta6" ;; esac
case $version in 1.0.0-beta[7-9] | 1.0.0-M*) sources="$sources SinceBeta7" ;; esac
case $version in 1.0.0-M2.1) sources="$sources Settings Updaters" ;; esac
sources=${SOURCES:-$sources}
start=$(echo "$here/$era"/*.java)
case $version in 0.5.0 | 0.6.0) start= ;; esac

jars=$work/jars/$version
if [ ! -d "$jars" ]; then
  mkdir -p "$work/$version"
  artifact=deeplearning4j-nn
  case $version in 0.5.0 | 0.6.0) artifact=deeplearning4j-core ;; esac
  sed "s/@VERSION@/$version/;s/@ARTIFACT@/$artifact/" "$here/pom.template" > "$work/$version/pom.xml"
  (cd "$work/$version" &&
    "$mvn" -q -B org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies -DoutputDirectory="$jars")
fi

classes=$work/classes/$version
mkdir -p "$classes"
flags=
case $type in double | half) flags="-Ddtype=$type -Dcases.prefix=${type}_" ;; esac
flags="$flags --add-opens=java.base/java.lang=ALL-UNNAMED --add-opens=java.base/java.nio=ALL-UNNAMED
  --add-opens=java.base/java.util=ALL-UNNAMED --add-opens=java.base/jdk.internal.misc=ALL-UNNAMED"
for name in $sources; do
  javac -nowarn -proc:none -Xlint:none -encoding UTF-8 -cp "$classes:$jars/*" -d "$classes" \
    "$here/Npz.java" "$here/Cases.java" $start "$here/$name.java"
  # shellcheck disable=SC2086
  OMP_NUM_THREADS=1 java $flags -Xmx1g -Dorg.bytedeco.javacpp.maxbytes=2G -Dcases.out="$out" -Dcases.version="$version" \
    -Dcases.only="$only" -cp "$classes:$jars/*" "$name"
done
