@rem The scripts in package.json begin with exec, so that npm's signals reach them and not a shell in between. Windows has neither exec nor sh.
@if "%~1"=="sh" (node scripts/start.js %*) else (%*)
