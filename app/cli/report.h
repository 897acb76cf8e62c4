// What several commands say about the same things: as JSON for machines, as tables for people.
#pragma once

#include "app/cli/console.h"
#include "app/jobs/dataset_jobs.h"
#include "app/jobs/export_jobs.h"
#include "app/jobs/network_jobs.h"
#include "app/jobs/split_jobs.h"
#include "app/jobs/trained_model.h"

namespace lamina {

nlohmann::json datasetToJson(const DatasetRecord& dataset);
nlohmann::json splitToJson(const SplitRecord& record, const Split& split);
nlohmann::json networkReportToJson(const NetworkReport& report);
nlohmann::json proofToJson(const ProofReport& proof);

void showImport(Console& console, const ImportOutcome& outcome, double seconds);
void showSplit(Console& console, const SplitOutcome& outcome);
void showNetwork(Console& console, const std::string& name, const NetworkReport& report);
/// The task's short list of metrics; `more`: its others too, with a sentence on each.
void showEvaluation(Console& console, const EvaluationOutcome& outcome, bool more = false);
void showExport(Console& console, const ExportOutcome& outcome);

/// "accuracy" and so on, in the user's language.
std::string metricTitle(const std::string& id, Language language);

}  // namespace lamina
