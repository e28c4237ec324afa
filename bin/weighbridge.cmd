@echo off
rem Runs the Weighbridge command line; builds it first where it is missing.
rem
rem   JAVA_HOME           the JDK to use (17 or newer), else the java on PATH
rem   WEIGHBRIDGE_OPTS    more options for the JVM
rem   WEIGHBRIDGE_REBUILD set to 1 after changing sources: comparing times is too slow in cmd
setlocal
for %%I in ("%~dp0..") do set "WB_HOME=%%~fI"
set "WB_TARGET=%WB_HOME%\cli\target"
set "WB_JAR=%WB_TARGET%\weighbridge.jar"
set "WB_STAMP=%WB_TARGET%\weighbridge.built"
set "WB_ARCHIVE=%WB_TARGET%\weighbridge.jsa"

set "WB_JAVA=java"
if defined JAVA_HOME set "WB_JAVA=%JAVA_HOME%\bin\java.exe"
if defined JAVA_HOME (if not exist "%WB_JAVA%" goto nojava) else (where /q java || goto nojava)

if "%WEIGHBRIDGE_REBUILD%"=="1" goto build
if exist "%WB_JAR%" if exist "%WB_STAMP%" goto run

:build
echo weighbridge: building in %WB_HOME% 1>&2
pushd "%WB_HOME%"
call mvnw.cmd -q -B -Dquick package -pl cli -am <nul 1>&2
if errorlevel 1 (
  popd
  echo weighbridge: the build failed 1>&2
  exit /b 4
)
popd
rem Class data of one run, so that later starts need not parse the same classes; only ever a help.
if exist "%WB_ARCHIVE%" del /q "%WB_ARCHIVE%"
"%WB_JAVA%" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 "-XX:ArchiveClassesAtExit=%WB_ARCHIVE%" -cp "%WB_JAR%" io.github.weighbridge.cli.WeighbridgeCommand --help <nul >nul 2>&1
echo built> "%WB_STAMP%"

:run
rem The optimising compiler pays where much is computed in Java, by predict's kernels.
set "WB_TIERS=-XX:TieredStopAtLevel=1"
for %%C in (predict verify evaluate train) do if "%~1"=="%%C" set "WB_TIERS="
set "WB_SHARED=-Xshare:auto"
if exist "%WB_ARCHIVE%" set "WB_SHARED=-XX:SharedArchiveFile=%WB_ARCHIVE%"
"%WB_JAVA%" -XX:+UseSerialGC -Xshare:auto -Xlog:cds=off -Xlog:cds+dynamic=off "%WB_SHARED%" %WB_TIERS% %WEIGHBRIDGE_OPTS% -cp "%WB_JAR%" io.github.weighbridge.cli.WeighbridgeCommand %*
exit /b %errorlevel%

:nojava
echo weighbridge: no java at '%WB_JAVA%': install a JDK 17 and set JAVA_HOME or PATH 1>&2
exit /b 4
