#include "core/data/profile/profile_json.h"

#include <cmath>
#include <nlohmann/json.hpp>

namespace lamina {

namespace {

constexpr std::size_t mostListedGroups = 1000, longestListedText = 1000;
constexpr std::array scaleNames{"linear", "whole", "log", "time"};

nlohmann::json valueToJson(const ProfiledValue& value) {
    // A value cut short must stay UTF-8.
    std::size_t length = std::min(value.text.size(), longestListedText);
    while (length > 0 && length < value.text.size() && (static_cast<unsigned char>(value.text[length]) & 0xC0) == 0x80) --length;
    return {{"value", value.text.substr(0, length)}, {"rows", value.rows}};
}

nlohmann::json valuesToJson(const std::vector<ProfiledValue>& values) {
    auto list = nlohmann::json::array();
    for (const ProfiledValue& value : values) list.push_back(valueToJson(value));
    return list;
}

/// NaN and infinities are null in JSON.
nlohmann::json numberToJson(double value) { return std::isfinite(value) ? nlohmann::json(value) : nlohmann::json(); }

nlohmann::json histogramToJson(const ProfileHistogram& histogram) {
    return {{"scale", scaleNames[static_cast<std::size_t>(histogram.scale)]}, {"edges", histogram.edges}, {"rows", histogram.rows}};
}

nlohmann::json factsToJson(const NumberFacts& f) {
    if (f.count == 0) return {{"count", 0}};
    const ProfileQuantiles& q = f.quantiles;
    return {{"count", f.count},
            {"mean", f.mean},
            {"deviation", f.deviation},
            {"skewness", f.skewness},
            {"kurtosis", f.kurtosis},
            {"zeros", f.zeros},
            {"negative", f.negative},
            {"quantiles",
             {{"minimum", q.minimum},
              {"p1", q.p1},
              {"p5", q.p5},
              {"p25", q.p25},
              {"median", q.median},
              {"p75", q.p75},
              {"p95", q.p95},
              {"p99", q.p99},
              {"maximum", q.maximum}}},
            {"outliers",
             {{"low", f.lowOutliers},
              {"high", f.highOutliers},
              {"low_fence", numberToJson(f.lowFence)},
              {"high_fence", numberToJson(f.highFence)},
              {"first_rows", f.outlierRows}}}};
}

nlohmann::json factsToJson(const TextFacts& f) {
    return {{"shortest", f.shortest},
            {"longest", f.longest},
            {"mean_length", f.meanLength},
            {"median_length", f.medianLength},
            {"lengths", histogramToJson(f.lengths)},
            {"blank", f.blank},
            {"padded", f.padded},
            {"placeholders", f.placeholders},
            {"looks_like", f.looksLike}};
}

nlohmann::json factsToJson(const PictureFacts& f) {
    return {{"read", f.read},
            {"unreadable", f.unreadable},
            {"grey", f.grey},
            {"smallest", {f.smallestWidth, f.smallestHeight}},
            {"largest", {f.largestWidth, f.largestHeight}},
            {"sizes", valuesToJson(f.sizes)}};
}

nlohmann::json relationToJson(const TargetRelation& r) {
    return {{"strength", numberToJson(r.strength)},
            {"measure", r.measure},
            {"signed", numberToJson(r.signedValue)},
            {"mutual_information", r.mutualInformation},
            {"explained", r.explained},
            {"alone_score", numberToJson(r.aloneScore)},
            {"rows", r.rows}};
}

nlohmann::json groupsToJson(const RowGroups& groups) {
    auto list = nlohmann::json::array();
    for (const auto& group : groups.groups) {
        if (list.size() == mostListedGroups) break;
        list.push_back({{"first", group.first}, {"rows", group.rows}, {"large", group.large}});
    }
    return {{"groups", groups.groups.size()}, {"rows", groups.rows}, {"repeated", groups.repeated()}, {"largest", list}};
}

nlohmann::json matrixToJson(const CorrelationMatrix& matrix) {
    auto rows = nlohmann::json::array();
    for (std::size_t a = 0; a < matrix.columns.size(); ++a) {
        auto row = nlohmann::json::array();
        for (std::size_t b = 0; b < matrix.columns.size(); ++b) row.push_back(numberToJson(matrix.at(a, b)));
        rows.push_back(std::move(row));
    }
    return {{"columns", matrix.columns}, {"values", rows}, {"left_out", matrix.leftOut}};
}

}  // namespace

nlohmann::json toJson(const ProfiledColumn& c) {
    nlohmann::json json{{"name", c.name},
                        {"kind", columnKindName(c.kind)},
                        {"rows", c.rows},
                        {"valid", c.valid},
                        {"missing", c.missing},
                        {"wrong", c.wrong},
                        {"wrong_reason", c.wrongReason},
                        {"distinct", c.distinct},
                        {"constant", c.constant},
                        {"identifier", c.identifier},
                        {"frequent", valuesToJson(c.frequent)}};
    if (c.numbers) json["numbers"] = factsToJson(*c.numbers);
    if (c.text) json["text"] = factsToJson(*c.text);
    if (c.pictures) json["pictures"] = factsToJson(*c.pictures);
    if (!c.histogram.rows.empty()) json["histogram"] = histogramToJson(c.histogram);
    if (!c.relation.measure.empty()) json["relation"] = relationToJson(c.relation);
    return json;
}

nlohmann::json toJson(const DatasetProfile& p) {
    nlohmann::json json{{"rows", p.rows},
                        {"removed", p.removed},
                        {"bytes", p.bytes},
                        {"seconds", p.seconds},
                        {"duplicates", groupsToJson(p.duplicates)},
                        {"identifiers", p.identifiers},
                        {"missing_pattern_count", p.missingPatternCount},
                        {"missing_together", matrixToJson(p.missingTogether)},
                        {"correlations", matrixToJson(p.correlations)},
                        {"also_elsewhere", {{"training", p.alsoElsewhere[0]}, {"validation", p.alsoElsewhere[1]}, {"test", p.alsoElsewhere[2]}}}};
    if (!p.identifiers.empty()) json["alike_but_identifiers"] = groupsToJson(p.alikeButIdentifiers);
    json["repeated_in_table"] = p.repeatedInTable;
    if (p.classTarget) json["classes"] = valuesToJson(p.classes);
    if (p.classTarget) json["rare_classes"] = valuesToJson(p.rareClasses());
    for (const char* list : {"columns", "near_duplicates", "suspects", "missing_patterns"}) json[list] = nlohmann::json::array();
    for (const auto& column : p.columns) json["columns"].push_back(toJson(column));
    for (const auto& one : p.nearDuplicates) {
        auto entry = groupsToJson(one.groups);
        entry.update(
            {{"column", one.column}, {"typical_distance", one.typicalDistance}, {"threshold", one.threshold}, {"unreadable", one.unreadable}});
        json["near_duplicates"].push_back(std::move(entry));
    }
    for (const auto& one : p.suspects) json["suspects"].push_back({{"column", one.column}, {"score", one.score}, {"next_best", one.nextBest}});
    for (const auto& one : p.missingPatterns) json["missing_patterns"].push_back({{"columns", one.columns}, {"rows", one.rows}});
    return json;
}

}  // namespace lamina
