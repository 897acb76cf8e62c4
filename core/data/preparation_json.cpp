#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "core/data/input_columns.h"
#include "core/data/preparation.h"

namespace lamina {

namespace {

constexpr std::array featureKindNames{"number", "category", "tensor"};

nlohmann::json featureToJson(const FeatureColumn& f) {
    nlohmann::json json{{"name", f.name}, {"kind", featureKindNames[static_cast<std::size_t>(f.kind)]}};
    switch (f.kind) {
        case FeatureKind::Number:
            json.update({{"mean", f.mean}, {"deviation", f.deviation}, {"fill", f.fill}, {"missing_flag", f.hasMissingFlag}});
            break;
        case FeatureKind::Category: json["categories"] = f.categories; break;
        case FeatureKind::Tensor:
            json.update({{"shape", f.elementShape}, {"type", dtypeName(f.elementType)}, {"divisor", f.divisor}, {"mean", f.channelMean},
                         {"deviation", f.channelDeviation}});
            if (f.wordNumbers) json["word_numbers"] = true;
            if (f.picture) json["picture"] = {{"fit", imageFitName(f.fit)}};
            if (f.picture && f.values.given()) json["picture"].update({{"lowest", f.values.low}, {"highest", f.values.high}});
            break;
    }
    return json;
}

Error damaged(const std::string& what) { return fail("preparation.damaged", {{"what", what}}); }

bool isScale(double deviation) { return std::isfinite(deviation) && deviation > 0.0; }

Result<void> readNumberFeature(const nlohmann::json& json, FeatureColumn& f) {
    f.mean = json.at("mean").get<double>();
    f.deviation = json.at("deviation").get<double>();
    f.fill = json.at("fill").get<double>();
    f.hasMissingFlag = json.at("missing_flag").get<bool>();
    f.outputCount = f.hasMissingFlag ? 2 : 1;
    if (!std::isfinite(f.mean) || !std::isfinite(f.fill) || !isScale(f.deviation)) return damaged(f.name);
    return {};
}

Result<void> readCategory(const nlohmann::json& json, FeatureColumn& f) {
    f.categories = json.at("categories").get<std::vector<std::string>>();
    f.outputCount = static_cast<std::int64_t>(f.categories.size());
    if (f.categories.empty()) return damaged(f.name);
    return {};
}

Result<void> readTensor(const nlohmann::json& json, FeatureColumn& f) {
    f.elementShape = json.at("shape").get<Shape>();
    const auto type = json.at("type").get<std::string>();
    f.elementType = type == dtypeName(DType::UInt8) ? DType::UInt8 : DType::Float32;
    f.divisor = json.at("divisor").get<double>();
    f.channelMean = json.at("mean").get<std::vector<double>>();
    f.channelDeviation = json.at("deviation").get<std::vector<double>>();
    f.outputCount = checkedElementCount(f.elementShape, std::numeric_limits<std::int32_t>::max());
    const auto channels = static_cast<std::int64_t>(f.channelMean.size());
    bool sound = f.outputCount > 0 && channels > 0 && f.outputCount % channels == 0 && f.channelDeviation.size() == f.channelMean.size();
    sound = sound && type == dtypeName(f.elementType) && isScale(f.divisor) && std::all_of(f.channelDeviation.begin(), f.channelDeviation.end(), isScale);
    sound = sound && std::all_of(f.channelMean.begin(), f.channelMean.end(), [](double m) { return std::isfinite(m); });
    f.wordNumbers = json.value("word_numbers", false);
    if (json.contains("picture")) {
        f.picture = true;
        f.fit = imageFitFromName(json["picture"].at("fit").get<std::string>());
        f.values = {json["picture"].value("lowest", 0.0), json["picture"].value("highest", 0.0)};
        const bool fits = f.elementShape.size() == 3 && f.elementShape[0] <= imageMaximumChannels && f.elementShape[0] == channels;
        sound = sound && fits && f.elementType == DType::UInt8 && std::isfinite(f.values.low) && std::isfinite(f.values.high);
    }
    return sound ? Result<void>() : damaged(f.name);
}

Result<FeatureColumn> featureFromJson(const nlohmann::json& json) {
    FeatureColumn f;
    f.name = json.at("name").get<std::string>();
    const auto kind = std::find(featureKindNames.begin(), featureKindNames.end(), json.at("kind").get<std::string>());
    if (kind == featureKindNames.end()) return damaged(f.name);
    f.kind = static_cast<FeatureKind>(kind - featureKindNames.begin());
    switch (f.kind) {
        case FeatureKind::Number: LAMINA_CHECK(readNumberFeature(json, f)); break;
        case FeatureKind::Category: LAMINA_CHECK(readCategory(json, f)); break;
        case FeatureKind::Tensor: LAMINA_CHECK(readTensor(json, f)); break;
    }
    return f;
}

Result<TargetColumn> targetFromJson(const nlohmann::json& json) {
    TargetColumn target;
    target.name = json.at("name").get<std::string>();
    target.classes = json.contains("classes");
    if (target.classes) {
        target.classNames = json.at("classes").get<std::vector<std::string>>();
        if (target.classNames.size() < 2) return damaged(target.name);
        return target;
    }
    target.mean = json.at("mean").get<double>();
    target.deviation = json.at("deviation").get<double>();
    if (!std::isfinite(target.mean) || !isScale(target.deviation)) return damaged(target.name);
    return target;
}

nlohmann::json targetToJson(const TargetColumn& target) {
    nlohmann::json json{{"name", target.name}};
    if (target.classes) json["classes"] = target.classNames;
    else json.update({{"mean", target.mean}, {"deviation", target.deviation}});
    return json;
}

/// `inputs`: null, or how many of the features each takes, in their order.
Result<void> readFeatures(const nlohmann::json& json, const nlohmann::json& inputs, Preparation& preparation) {
    for (const auto& entry : json) {
        LAMINA_TRY(auto feature, featureFromJson(entry));
        preparation.features.push_back(std::move(feature));
    }
    std::vector<InputWish> wishes;
    std::vector<int> takers;
    for (const auto& input : inputs) {
        takers.insert(takers.end(), input.at("features").get<std::size_t>(), static_cast<int>(wishes.size()));
        wishes.push_back({input.at("name").get<std::string>(), {}, {}});
    }
    const bool told = inputs.is_null() || (wishes.size() > 1 && takers.size() == preparation.features.size());
    if (preparation.features.empty() || !told || !arrangeInputs(preparation, wishes, takers)) return damaged("features");
    return {};
}

}  // namespace

nlohmann::json toJson(const Preparation& preparation) {
    nlohmann::json features = nlohmann::json::array();
    for (const auto& feature : preparation.features) features.push_back(featureToJson(feature));
    nlohmann::json json{{"format", 1}, {"task", preparation.task}, {"features", std::move(features)}, {"target", targetToJson(preparation.target)}};
    for (const auto& input : preparation.inputs) json["inputs"].push_back({{"name", input.layer}, {"features", input.featureCount}});
    for (const auto& target : preparation.moreTargets) json["more_targets"].push_back(targetToJson(target));
    return json;
}

Result<Preparation> preparationFromJson(const nlohmann::json& json) try {
    if (json.at("format").get<int>() != 1) return damaged("format");
    Preparation preparation;
    preparation.task = json.at("task").get<std::string>();
    LAMINA_CHECK(readFeatures(json.at("features"), json.value("inputs", nlohmann::json()), preparation));
    LAMINA_TRY(preparation.target, targetFromJson(json.at("target")));
    for (const auto& more : json.value("more_targets", nlohmann::json::array())) {
        LAMINA_TRY(auto target, targetFromJson(more));
        preparation.moreTargets.push_back(std::move(target));
    }
    if (preparation.task != (preparation.target.classes ? "classification" : "regression")) return damaged("task");
    return preparation;
} catch (const nlohmann::json::exception& e) {
    return damaged(e.what());
}

}  // namespace lamina
