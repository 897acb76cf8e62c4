#include "app/jobs/augmentation_jobs.h"

#include <algorithm>
#include <cstdio>

#include "app/jobs/dataset_jobs.h"
#include "app/jobs/network_jobs.h"
#include "app/jobs/split_jobs.h"

namespace lamina {
namespace {

/// Smaller ones are rather drawings, letters or digits, which a mirror makes into something else.
constexpr std::int64_t leastPhotoEdge = 32;
/// More columns cannot be read in a cell of a gallery.
constexpr std::size_t shownNumbers = 4;

const ColumnRecord* onlyFeature(const DatasetRecord& dataset) {
    const ColumnRecord* only = nullptr;
    for (const ColumnRecord& column : dataset.columns) {
        if (column.role != "feature") continue;
        if (only) return nullptr;
        only = &column;
    }
    return only;
}

Shape tensorShape(const ColumnRecord& column) {
    const auto shape = column.info.find("elementShape");
    return shape != column.info.end() && shape->is_array() ? shape->get<Shape>() : Shape{};
}

bool showsPhotos(const DatasetRecord& dataset) {
    const ColumnRecord* feature = onlyFeature(dataset);
    if (!feature) return false;
    if (feature->kind == "tensor") {
        const Shape shape = tensorShape(*feature);
        return shape.size() == 3 && shape[0] == 3 && std::min(shape[1], shape[2]) >= leastPhotoEdge;
    }
    const ImageForm form = pictureForm(dataset);
    return feature->kind == "image" && form.channels == 3 && (form.width == 0 || std::min(form.width, form.height) >= leastPhotoEdge);
}

Image imageFrom(const Shape& shape, const std::vector<float>& values) {
    Image image{shape[0], shape[1], shape[2], {}};
    image.pixels.reserve(values.size());
    for (const float x : values) image.pixels.push_back(static_cast<std::uint8_t>(std::clamp(x + 0.5f, 0.0f, 255.0f)));
    return image;
}

std::vector<std::string> numbersFrom(const Preparation& preparation, const std::vector<float>& values) {
    std::vector<std::string> numbers;
    for (const FeatureColumn& feature : preparation.features) {
        if (feature.kind != FeatureKind::Number || numbers.size() == shownNumbers) continue;
        char text[48];
        const double x = static_cast<double>(values[static_cast<std::size_t>(feature.outputOffset)]) * feature.deviation + feature.mean;
        std::snprintf(text, sizeof text, "%.4g", x);
        numbers.push_back(feature.name + ' ' + text);
    }
    return numbers;
}

const FeatureColumn* firstPicture(const Preparation& preparation) {
    for (const FeatureColumn& feature : preparation.features)
        if (feature.kind == FeatureKind::Tensor && feature.elementType == DType::UInt8 && feature.elementShape.size() == 3) return &feature;
    return nullptr;
}

/// The first picture of a row that other columns stand in, too, from the numbers that the network reads.
Image pictureIn(const Preparation& preparation, const std::vector<float>& values) {
    const FeatureColumn& feature = *firstPicture(preparation);
    std::vector<float> pixels;
    for (std::int64_t i = 0; i < feature.outputCount; ++i) {
        const auto channel = static_cast<std::size_t>(feature.channelOf(i));
        const double x = static_cast<double>(values[static_cast<std::size_t>(feature.outputOffset + i)]);
        pixels.push_back(static_cast<float>((x * feature.channelDeviation[channel] + feature.channelMean[channel]) * feature.divisor));
    }
    return imageFrom(feature.elementShape, pixels);
}

/// Fills in one version of a row: as it is (`augmenter` empty) or changed.
AugmentedVersion versionOf(const AugmentationSample& sample, const Augmenter& augmenter, const AugmentedItem& item, AugmentationScratch& scratch) {
    const PreparedData& data = sample.data;
    std::vector<float> values(static_cast<std::size_t>(data.inputCount()));
    AugmentedVersion version;
    if (sample.kind == AugmentedData::Picture) {
        augmenter.writePicture(data, item, data.rows(Part::Training), scratch, values.data());
        version.picture = imageFrom(data.inputShape(), values);
        return version;
    }
    augmenter.writeInput(data, item, {}, scratch, values.data());
    if (sample.kind == AugmentedData::Mixed) {
        version.picture = pictureIn(data.preparation(), values);
        return version;
    }
    if (sample.kind == AugmentedData::Table) {
        version.numbers = numbersFrom(data.preparation(), values);
        return version;
    }
    const Shape shape = data.inputShape();
    const std::size_t steps = shape.empty() ? 1 : static_cast<std::size_t>(shape[0]);
    for (std::size_t t = 0; t < steps; ++t) version.series.push_back(values[t * values.size() / steps]);
    return version;
}

std::string answerOf(const PreparedData& data, std::int64_t row) {
    const std::int32_t label = data.label(row);
    const auto& names = data.preparation().target.classNames;
    return label >= 0 && label < std::ssize(names) ? names[static_cast<std::size_t>(label)] : std::string();
}

}  // namespace

AugmentedData augmentedData(const DatasetRecord& dataset) {
    const ColumnRecord* feature = onlyFeature(dataset);
    const auto isPicture = [](const ColumnRecord& column) {
        return column.role == "feature" && (column.kind == "image" || (column.kind == "tensor" && tensorShape(column).size() == 3));
    };
    if (!feature) return std::any_of(dataset.columns.begin(), dataset.columns.end(), isPicture) ? AugmentedData::Mixed : AugmentedData::Table;
    if (feature->kind == "image") return AugmentedData::Picture;
    if (feature->kind != "tensor") return AugmentedData::Table;
    if (feature->info.value("wordNumbers", false)) return AugmentedData::Words;
    return tensorShape(*feature).size() == 3 ? AugmentedData::Picture : AugmentedData::Series;
}

std::vector<AugmentationStep> usualAugmentations(const DatasetRecord& dataset) {
    if (!showsPhotos(dataset)) return {};
    return {{"flip", {{"direction", "horizontal"}}, 1}, {"rotate", {{"degrees", 10.0}}, 1}, {"translate", {{"share", 0.08}}, 1},
            {"brightness", {{"amount", 0.15}}, 1}, {"contrast", {{"amount", 0.15}}, 1}};
}

Result<std::shared_ptr<const AugmentationSample>> openAugmentationSample(Project& project, const std::string& network, const std::string& split,
                                                                         const CancelToken& cancel) {
    LAMINA_TRY(const auto found, findNetwork(project, network));
    LAMINA_TRY(const auto dataset, findDataset(project, found.datasetId));
    CleanRequest how;
    LAMINA_TRY(how.split, findSplit(project, dataset, split));
    how.cancel = cancel;
    LAMINA_TRY(auto cleaned, cleanTable(project, dataset, how));
    LAMINA_TRY(const auto parts, splitOfCleaned(project, *how.split, cleaned));
    LAMINA_TRY(const Network read, networkFromJson(found.document));
    LAMINA_TRY(const auto preparation, prepareDataset(cleaned.dataset, cleaned.clean.table, parts, found.taskId, cancel, wishesOf(read)));
    // A few rows are looked at: nothing is made ready for all of them.
    PreparedData::Settings settings = preparedSettings(project, dataset.id);
    settings.matrixBudget = 0;
    settings.pictureBudget = std::size_t{16} << 20;
    LAMINA_TRY(auto data, PreparedData::create(cleaned.clean.table, preparation, parts, settings, cancel));
    const AugmentedData kind = !preparation.isImage() ? firstPicture(preparation) ? AugmentedData::Mixed : AugmentedData::Table
                               : data.isPicture()                                 ? AugmentedData::Picture
                               : preparation.features[0].wordNumbers ? AugmentedData::Words : AugmentedData::Series;
    return std::make_shared<const AugmentationSample>(AugmentationSample{std::move(cleaned), std::move(data), kind});
}

Result<std::vector<AugmentedRow>> augmentRows(const AugmentationSample& sample, const AugmentationLook& look, const CancelToken& cancel) {
    LAMINA_TRY(const auto augmenter, Augmenter::create(look.steps, sample.data.preparation()));
    LAMINA_TRY(const auto untouched, Augmenter::create({}, sample.data.preparation()));
    const auto training = sample.data.rows(Part::Training);
    const auto count = std::min<std::int64_t>(look.rows, std::ssize(training));
    std::vector<AugmentedRow> rows;
    AugmentationScratch scratch;
    for (std::int64_t i = 0; i < count; ++i) {
        const std::int64_t place = (std::ssize(training) * i / count + look.first) % std::ssize(training);
        AugmentedRow shown;
        shown.row = training[static_cast<std::size_t>(place)];
        shown.answer = answerOf(sample.data, shown.row);
        shown.versions.push_back(versionOf(sample, untouched, {look.seed, 0, shown.row, 0}, scratch));
        for (std::int64_t epoch = 0; epoch < look.versions; ++epoch) {
            if (cancel.cancelled()) return fail("job.cancelled");
            shown.versions.push_back(versionOf(sample, augmenter, {look.seed, epoch, shown.row, 0}, scratch));
        }
        rows.push_back(std::move(shown));
    }
    return rows;
}

}  // namespace lamina
