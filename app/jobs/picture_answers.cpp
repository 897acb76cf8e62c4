#include "app/jobs/picture_answers.h"

#include <algorithm>
#include <atomic>
#include <thread>

#include "app/jobs/predict_jobs.h"
#include "core/data/image_feature.h"
#include "core/data/importers/image_files.h"
#include "core/data/importers/image_folder.h"

namespace lamina {
namespace {

constexpr std::size_t mostAtOnce = 256, bytesAtOnce = 64 << 20;

class PictureAnswers {
public:
    PictureAnswers(TrainedModel& model, AnswerSheet& sheet, const ImageFiles& found, const ImageForm& form)
        : m_model(model), m_sheet(sheet), m_found(found), m_form(form), m_passes(model),
          m_width(static_cast<std::size_t>(model.preparation.inputCount())) {}

    Result<void> run(const CancelToken& cancel, const ProgressFunction& progress) {
        LAMINA_CHECK(begin());
        const auto pictureBytes = static_cast<std::size_t>(m_form.channels * m_form.height * m_form.width) + m_width * sizeof(float);
        const std::size_t piece = std::clamp<std::size_t>(bytesAtOnce / std::max<std::size_t>(pictureBytes, 1), 1, mostAtOnce);
        for (std::size_t first = 0; first < m_found.files.size(); first += piece) {
            const std::size_t count = std::min(piece, m_found.files.size() - first);
            decode(first, count, cancel);
            if (cancel.cancelled()) return fail("job.cancelled");
            LAMINA_CHECK(answer(first));
            if (progress) progress({"predict", static_cast<std::int64_t>(first + count), static_cast<std::int64_t>(m_found.files.size()), "rows"});
        }
        return {};
    }

private:
    Result<void> begin() {
        std::vector<std::string> names{"file"};
        if (!m_found.classes.empty()) names.push_back("class");
        if (m_found.subsets) names.push_back("subset");
        return m_sheet.begin(names);
    }

    void decode(std::size_t first, std::size_t count, const CancelToken& cancel) {
        m_images.assign(count, fail("job.cancelled"));
        std::atomic<std::size_t> next{0};
        const auto loop = [&] {
            for (std::size_t i = next++; i < count && !cancel.cancelled(); i = next++) m_images[i] = read(m_found.files[first + i].path);
        };
        std::vector<std::thread> helpers;
        for (unsigned i = 1; i < std::min<unsigned>(std::thread::hardware_concurrency(), static_cast<unsigned>(count)); ++i)
            helpers.emplace_back(loop);
        loop();
        for (auto& helper : helpers) helper.join();
    }

    Result<Image> read(const Path& file) const {
        const FeatureColumn& feature = m_model.preparation.features[0];
        return feature.picture ? pictureElements(feature, file) : readImage(file, m_form);
    }

    /// What cannot be answered is fed as zeros, and its answer not used.
    Result<void> answer(std::size_t first) {
        m_inputs.assign(m_images.size() * m_width, 0.0f);
        std::vector<std::string> reasons(m_images.size());
        for (std::size_t i = 0; i < m_images.size(); ++i) {
            auto fed = feed(m_images[i], std::span(m_inputs).subspan(i * m_width, m_width));
            if (!fed) reasons[i] = m_sheet.words(fed.error());
        }
        LAMINA_TRY(const auto predictions, m_passes.run(m_inputs, static_cast<std::int64_t>(m_images.size())));
        for (std::size_t i = 0; i < m_images.size(); ++i)
            LAMINA_CHECK(m_sheet.row(cellsOf(m_found.files[first + i]), reasons[i].empty() ? &predictions[i] : nullptr, reasons[i]));
        return {};
    }

    Result<void> feed(const Result<Image>& image, std::span<float> input) const {
        if (!image) return image.error();
        RawValue value;
        value.tensor = std::as_bytes(std::span(image->pixels));
        return m_model.preparation.apply(std::span(&value, 1), input);
    }

    std::vector<std::string> cellsOf(const ImageFile& file) const {
        std::vector<std::string> cells{file.name};
        if (!m_found.classes.empty()) cells.push_back(file.label < 0 ? std::string() : m_found.classes[static_cast<std::size_t>(file.label)]);
        if (m_found.subsets) cells.push_back(file.subset < 0 ? std::string() : imageSubsets[file.subset]);
        return cells;
    }

    TrainedModel& m_model;
    AnswerSheet& m_sheet;
    const ImageFiles& m_found;
    const ImageForm m_form;
    OutputPasses m_passes;
    std::size_t m_width;
    std::vector<Result<Image>> m_images;
    std::vector<float> m_inputs;
};

/// Of a model that learned from pictures decoded at import, what that import made of them.
Result<ImageForm> pictureFormOf(const TrainedModel& model) {
    const FeatureColumn& feature = model.preparation.features[0];
    if (feature.picture) return feature.pictureForm();
    return imageFormFrom(importSettings(model, image_folder_importer()));
}

}  // namespace

Result<void> answerPictures(TrainedModel& model, const Path& input, AnswerSheet& sheet, const CancelToken& cancel, const ProgressFunction& progress) {
    if (!model.preparation.isImage()) return fail("predict.needs_table", {{"file", input.string()}});
    LAMINA_TRY(const auto form, pictureFormOf(model));
    LAMINA_TRY(const auto found, findImageFiles(input, cancel, true));
    return PictureAnswers(model, sheet, found, form).run(cancel, progress);
}

}  // namespace lamina
