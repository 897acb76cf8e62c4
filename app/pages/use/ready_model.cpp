#include "app/pages/use/ready_model.h"

#include <QImageReader>

#include <algorithm>
#include <cmath>

#include "app/jobs/split_jobs.h"
#include "core/data/image_feature.h"
#include "core/data/importers/image_folder.h"
#include "core/data/prepare_tensor.h"

namespace lamina {
namespace {

constexpr int shownEdge = 1024;

/// The test part comes last but one: trying the model is no final check.
void takeHeldOut(ReadyModel& ready) {
    for (const Part part : {Part::Validation, Part::Test, Part::Training}) {
        const auto rows = ready.data->prepared->rows(part);
        if (rows.empty()) continue;
        ready.part = part;
        ready.heldOut.assign(rows.begin(), rows.end());
        return;
    }
}

Result<std::unique_ptr<ReadyModel>> load(Project& project, const std::string& run, const CancelToken& cancel) {
    auto ready = std::make_unique<ReadyModel>();
    LAMINA_TRY(ready->model, TrainedModel::load(project, run));
    ready->answerer = std::make_unique<Answerer>(ready->model);
    if (auto data = ModelData::ofRun(project, ready->model, cancel)) {
        ready->data = std::move(*data);
        takeHeldOut(*ready);
    }
    return ready;
}

std::vector<std::string> truthsOf(const ReadyModel& ready, std::int64_t row) {
    std::vector<std::string> truths;
    for (const ModelOutput& output : ready.model.outputs) {
        const auto column = ready.data->table.find(output.target.name);
        truths.push_back(column ? ready.data->table.cellText(row, *column) : std::string());
    }
    return truths;
}

/// Tensors of three axes whose first is 1, 3 or 4 are pictures; every other one is shown as its first channel, row by row.
struct PictureSize {
    std::int64_t channels = 1, height = 1, width = 1;
};
PictureSize pictureSize(const Shape& shape) {
    PictureSize size;
    size.width = shape.empty() ? 1 : shape.back();
    if (shape.size() >= 2) size.height = shape[shape.size() - 2];
    if (shape.size() == 3 && shape[0] >= 3) size.channels = 3;
    return size;
}

/// The file as it is, not as the model sees it; null where Qt cannot read its format.
QImage shownPicture(const Path& file) {
    QImageReader reader(QString::fromStdString(file.string()));
    if (reader.format() == "tiff") return {};  // values that are no bytes, bands: only the model's preparation says how they look
    reader.setAutoTransform(true);
    if (const QSize size = reader.size(); size.width() > shownEdge || size.height() > shownEdge)
        reader.setScaledSize(size.scaled(shownEdge, shownEdge, Qt::KeepAspectRatio));
    return reader.read();
}

}  // namespace

QImage pictureOf(const FeatureColumn& feature, std::span<const std::byte> bytes) {
    const auto [channels, height, width] = pictureSize(feature.elementShape);
    const std::int64_t plane = height * width;
    if (std::cmp_less(bytes.size(), channels * plane * static_cast<std::int64_t>(dtypeSize(feature.elementType)))) return {};
    double low = 0, high = 255;
    if (feature.elementType != DType::UInt8) {
        low = high = storedElement(feature, bytes.data(), 0);
        for (std::int64_t i = 1; i < channels * plane; ++i) {
            const double x = storedElement(feature, bytes.data(), i);
            low = std::min(low, x);
            high = std::max(high, x);
        }
    }
    const double scale = high > low ? 255 / (high - low) : 0;
    const auto shade = [&](std::int64_t channel, std::int64_t at) {
        const double x = storedElement(feature, bytes.data(), std::min(channel, channels - 1) * plane + at);
        return std::isfinite(x) ? std::clamp(static_cast<int>(std::lround((x - low) * scale)), 0, 255) : 0;
    };
    QImage image(static_cast<int>(width), static_cast<int>(height), QImage::Format_RGB32);
    for (std::int64_t y = 0; y < height; ++y)
        for (std::int64_t x = 0; x < width; ++x) {
            const std::int64_t at = y * width + x;
            image.setPixel(static_cast<int>(x), static_cast<int>(y), qRgb(shade(0, at), shade(1, at), shade(2, at)));
        }
    return image;
}

ModelFacts factsOf(const ReadyModel& ready) {
    ModelFacts facts;
    facts.run = ready.model.run.id;
    facts.runName = QString::fromStdString(ready.model.run.name);
    facts.preparation = ready.model.preparation;
    for (const ModelOutput& output : ready.model.outputs) facts.answers.push_back({QString::fromStdString(output.title), output.target});
    facts.inputs = ready.model.inputs;
    if (ready.model.cleansRows()) facts.cleaningSteps = std::ranges::count(ready.model.recipe.recipe.steps, true, &RecipeStep::enabled);
    facts.epochs = ready.model.epochs;
    facts.heldOut = static_cast<std::int64_t>(ready.heldOut.size());
    facts.part = ready.part;
    return facts;
}

Result<ReadyModel*> ModelDesk::ready(Project& project, const std::string& run, const CancelToken& cancel) {
    LAMINA_TRY(const auto record, project.runs().find(run));
    const std::string key = project.file().string() + '\n' + record.id + '\n' + record.best.dump();
    if (key == m_key) return m_model.get();
    m_key.clear();
    m_model.reset();
    LAMINA_TRY(m_model, load(project, record.id, cancel));
    m_key = key;
    return m_model.get();
}

Result<UseAnswer> answerItem(ReadyModel& ready, std::int64_t item) {
    if (item < 0 || std::cmp_greater_equal(item, ready.heldOut.size()))
        return fail("jobs.no_row", {{"row", std::to_string(item)}, {"rows", std::to_string(ready.heldOut.size())}});
    const std::int64_t row = ready.heldOut[static_cast<std::size_t>(item)];
    const Preparation& preparation = ready.model.preparation;
    UseAnswer answer;
    if (preparation.isImage()) {
        LAMINA_TRY(const auto column, ready.data->table.find(preparation.features[0].name));
        const ImageReader reader(pictureFolders(ready.model.dataset));
        Image kept;
        LAMINA_TRY(const auto bytes, tensorElements(preparation.features[0], ready.data->table.view(column), row, reader, kept));
        answer.picture = pictureOf(preparation.features[0], bytes);
        LAMINA_TRY(answer.prediction, ready.answerer->tensor(bytes));
    } else {
        std::vector<std::string> texts;
        const Table& typed = ready.model.cleansRows() && !ready.model.makesRows() ? ready.data->cleaned.source : ready.data->table;
        for (const FeatureColumn& input : ready.model.inputs) {
            LAMINA_TRY(const auto column, typed.find(input.name));
            texts.push_back(typed.cellText(row, column));
        }
        LAMINA_TRY(answer, answerTyped(ready, texts));
    }
    answer.item = item;
    answer.truths = truthsOf(ready, row);
    return answer;
}

Result<UseAnswer> answerTyped(ReadyModel& ready, const std::vector<std::string>& texts) {
    LAMINA_TRY(auto typed, ready.answerer->typedRow(texts));
    UseAnswer answer;
    answer.prediction = std::move(typed.prediction);
    answer.remarks = std::move(typed.remarks);
    answer.texts = texts;
    const auto& features = ready.model.preparation.features;
    const auto picture = std::find_if(features.begin(), features.end(), [](const FeatureColumn& feature) { return feature.picture; });
    if (picture != features.end()) answer.picture = pictureOf(*picture, ready.answerer->reader().elements(static_cast<std::size_t>(picture - features.begin())));
    return answer;
}

/// As the model's training made pictures into numbers.
static Result<Image> elementsOf(const TrainedModel& model, const Path& file) {
    const FeatureColumn& feature = model.preparation.features[0];
    if (feature.picture) return pictureElements(feature, file);
    LAMINA_TRY(const auto form, imageFormFrom(importSettings(model, image_folder_importer())));
    return readImage(file, form);
}

Result<UseAnswer> answerPicture(ReadyModel& ready, const Path& file) {
    LAMINA_TRY(const auto image, elementsOf(ready.model, file));
    const auto bytes = std::as_bytes(std::span(image.pixels));
    UseAnswer answer;
    LAMINA_TRY(answer.prediction, ready.answerer->tensor(bytes));
    answer.picture = shownPicture(file);
    if (answer.picture.isNull()) answer.picture = pictureOf(ready.model.preparation.features[0], bytes);
    return answer;
}

}  // namespace lamina
