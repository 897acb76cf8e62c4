// What turns the rows of a table into the numbers a network reads. Fitted on the training rows only, kept as JSON, and the one
// definition for training, prediction and export: an exported model computes exactly these formulas.
#pragma once

#include <cstdint>
#include <limits>
#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/cancel.h"
#include "core/base/files.h"
#include "core/base/result.h"
#include "core/data/image_resize.h"
#include "core/data/split.h"
#include "core/tensor/shape.h"

namespace lamina {

class Table;

enum class FeatureKind : std::uint8_t {
    Number,    ///< (x - mean) / deviation; a missing x counts as `fill`; then, with hasMissingFlag, 1 where x was missing and 0 elsewhere
    Category,  ///< one output per category: 1 for the row's category, 0 elsewhere; missing and unknown categories give zeros only
    Tensor,    ///< (x / divisor - channelMean[c]) / channelDeviation[c], element by element in the order of elementShape. Pictures are tensors, too:
               ///< each is first brought into elementShape (see image_feature.h)
};

/// How one column becomes outputCount numbers, beginning at outputOffset of the row's input. Plain data.
struct FeatureColumn {
    std::string name;
    FeatureKind kind = FeatureKind::Number;
    std::int64_t outputOffset = 0;
    std::int64_t outputCount = 1;
    // Number (numbers, integers, booleans as 0 and 1)
    double mean = 0.0;       ///< of the training rows' values that are there
    double deviation = 1.0;  ///< standard deviation (divided by n); 1 where all values are equal
    double fill = 0.0;       ///< the mean
    bool hasMissingFlag = false;
    // Category
    std::vector<std::string> categories;  ///< those of the training rows; output i is categories[i]
    // Tensor
    Shape elementShape;                   ///< [C,H,W], [T,F], [F] …
    DType elementType = DType::Float32;   ///< UInt8 or Float32, as stored
    double divisor = 1.0;                 ///< 255 for UInt8
    std::vector<double> channelMean, channelDeviation;  ///< of x / divisor; one per elementShape[0] for images (three axes), else one
    bool wordNumbers = false;             ///< whole numbers that name words: mean 0, deviation 1
    bool picture = false;                 ///< of an Image column: pictures of any size, made into uint8 elements of elementShape [C,H,W]
    ImageFit fit = ImageFit::Pad;         ///< how, where `picture`
    ValueRange values = {};               ///< which values of the files become 0 and 255, where `picture`

    /// The form of a picture that elementShape asks for.
    ImageForm pictureForm() const { return {elementShape[0], elementShape[1], elementShape[2], fit, values}; }

    /// Which channel (index of channelMean) the element belongs to.
    std::int64_t channelOf(std::int64_t element) const;
};

/// What is to be predicted.
struct TargetColumn {
    std::string name;
    bool classes = true;                  ///< classification; else regression
    std::vector<std::string> classNames;  ///< label i is classNames[i], in the order of the column's categories
    /// Regression: the network predicts (y - mean) / deviation; people and exported models see y = prediction · deviation + mean.
    double mean = 0.0, deviation = 1.0;

    double original(double standardised) const { return standardised * deviation + mean; }
};

/// An input of the network that is to read the rows, as the preparation needs to know it.
struct InputWish {
    std::string layer;                 ///< its name
    std::vector<std::string> columns;  ///< that it takes; empty: what no other input names
    Shape shape;                       ///< of one item; pictures for it are made of this size
};

/// A further column that outputs of the network learn.
struct TargetWish {
    std::string column;
    std::string task;  ///< as PreparationSettings::task
};

/// Which part of a prepared row an input of the network reads, where there are several.
struct InputPart {
    std::string layer;
    std::size_t firstFeature = 0, featureCount = 0;
    std::int64_t offset = 0, count = 0;  ///< of the row's numbers
    Shape shape;                         ///< of one item
};

struct PreparationSettings {
    std::string target;
    /// "classification", "regression", or empty: classification for categories, booleans and texts, regression for numbers,
    /// but for whole numbers that read like codes of classes (looksLikeClassCodes): those are classes, with a note.
    std::string task;
    std::vector<std::string> features;  ///< empty: every column but the target and `ignored`
    std::vector<std::string> ignored;   ///< for example the subset column
    std::int64_t maximumCategories = 200;  ///< a text column with more distinct values is left out, with a note
    /// What the pictures of an Image column are made into. A size of 0: their own where the first ones looked at are of one size up to 64, else 64;
    /// 0 channels: grey where none of those has a colour, as many as the files have where most have bands. No values: see ValueSurvey.
    ImageForm pictures{0, 0, 0, ImageFit::Pad, {}};
    std::vector<std::string> wordNumbers; ///< Tensor columns whose elements are numbers of words, which are not scaled
    std::vector<Path> pictureFolders;     ///< where pictures are looked for that are not at their place any more (ImageReader)
    int threads = 0;                      ///< that decode pictures; 0: one for every core. The result does not depend on it
    /// Of the network; empty, or one that names no columns: one input takes all features. Several: see core/data/input_columns.h.
    std::vector<InputWish> inputs = {};
    std::vector<TargetWish> moreTargets = {};
    bool anyMixture = false;              ///< pictures and other columns may stand side by side, for who only wants to know the columns
};

/// One cell as a person or a file gives it. Which member counts is the feature's kind.
struct RawValue {
    double number = std::numeric_limits<double>::quiet_NaN();  ///< NaN: missing. Booleans are 0 and 1
    std::string_view text = {};                                ///< category; empty: missing
    std::span<const std::byte> tensor = {};                    ///< elementShape elements of elementType (of a picture: pictureElements())
};

struct Preparation {
    std::vector<FeatureColumn> features;  ///< those of one input stand together, in the order of `inputs`
    std::vector<InputPart> inputs;        ///< of a network with several; empty: one input takes the whole row
    TargetColumn target;
    std::vector<TargetColumn> moreTargets;  ///< that further outputs learn
    std::string task;             ///< "classification" or "regression"
    std::vector<Issue> issues;    ///< columns left out, values that were not finite … Not part of the JSON

    /// Of one row: [F] for columns; for one tensor column its elementShape, an image [C,H,W]. With several inputs: of all their numbers side by side.
    Shape inputShape() const;
    std::int64_t inputCount() const;
    /// 1 for regression, the number of classes for classification.
    std::int64_t outputCount() const { return outputCountOf(0); }
    /// The same of any target, by its place.
    std::int64_t outputCountOf(std::size_t place) const;
    bool isImage() const { return features.size() == 1 && features[0].kind == FeatureKind::Tensor; }
    /// "sepal_length", "colour = red", "age is missing": what input number `index` of a table is. Empty for tensors.
    std::string inputName(std::int64_t index) const;

    /// One row, features.size() values in the order of `features`, to inputCount() numbers. Allocates nothing where it succeeds.
    /// Infinite numbers count as missing. Fails with "preparation.value_count", "preparation.tensor_size" {column}.
    Result<void> apply(std::span<const RawValue> values, std::span<float> out) const;
    /// The label of a class name, or -1.
    std::int32_t label(std::string_view className) const { return label(target, className); }
    static std::int32_t label(const TargetColumn& target, std::string_view className);
    /// 0: the target; 1 …: moreTargets.
    const TargetColumn& targetAt(std::size_t place) const { return place == 0 ? target : moreTargets[place - 1]; }
    /// The place of a target by its column, or -1.
    int targetPlace(std::string_view column) const;
    /// The same with that target in front, the others behind it in their order.
    Preparation asking(std::size_t place) const;
};

/// One number of a Number feature as the network reads it; what apply, training and export have in common.
float prepareNumber(const FeatureColumn& feature, double x);
/// Is x missing for this feature: NaN, infinite, or so large that its prepared value is no float?
bool numberIsMissing(const FeatureColumn& feature, double x);

/// Fits means, deviations, categories and classes on the training rows of `split`. Memory does not grow with the rows. The means of pictures are
/// those of at most fittedPictures training rows, evenly spread; those are decoded with `progress` ("pictures").
/// Fails with "preparation.no_target_column", "preparation.no_column", "preparation.no_features", "preparation.no_training_rows", "preparation.one_class",
/// "preparation.too_many_classes", "preparation.target_kind", "preparation.target_not_finite" {column,row}, "preparation.mixed_inputs", "preparation.several_tensors",
/// "preparation.no_readable_picture" {column, row}, the errors of divideColumns() and arrangeInputs(), "job.cancelled".
Result<Preparation> fitPreparation(const Table& table, const Split& split, const PreparationSettings& settings, const CancelToken& cancel = {},
                                   const ProgressFunction& progress = {});
/// More would hardly move a channel's mean: of photos by about a fiftieth of its deviation.
inline constexpr std::size_t fittedPictures = 1024;

nlohmann::json toJson(const Preparation& preparation);
/// Checks all it reads: "preparation.damaged" {what}.
Result<Preparation> preparationFromJson(const nlohmann::json& json);

}  // namespace lamina
