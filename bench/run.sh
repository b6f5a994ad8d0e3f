#!/usr/bin/env bash
# Builds everything in Release, measures, prints one table. Raw numbers and the servers' logs stay under bench/results.
# Ends with 1 when a promise is not kept.
set -euo pipefail
cd "$(dirname "$0")"

chromium=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)}
if [[ -z $chromium ]]; then
  echo "No Chromium found: install it, or say where it is with CHROMIUM=/path/to/it." >&2
  exit 2
fi

published=$PWD/results/published
for project in bench/StockCounter bench/ReferencePage bench/HeapHook bench/OnboardingPortal.Bench OnboardingPortal.App; do
  dotnet publish "../$project" --configuration Release --output "$published/${project##*/}" "-consoleLoggerParameters:ErrorsOnly;NoSummary"
done

exec dotnet "$published/OnboardingPortal.Bench/OnboardingPortal.Bench.dll" "$@" \
  --stock "$published/StockCounter/StockCounter.dll" \
  --reference "$published/ReferencePage/ReferencePage.dll" \
  --portal "$published/OnboardingPortal.App/OnboardingPortal.App.dll" \
  --hook "$published/HeapHook/HeapHook.dll" \
  --chromium "$chromium" \
  --results "$PWD/results/$(date -u +%Y%m%dT%H%M%SZ)"
