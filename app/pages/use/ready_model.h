// A run's model with its data, ready to answer questions one after the other.
#pragma once

#include <QImage>
#include <QString>

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "app/jobs/predict_jobs.h"

namespace lamina {

/// One thread at a time.
struct ReadyModel {
    TrainedModel model;
    std::unique_ptr<ModelData> data;      ///< nullptr where the run's dataset cannot be read any more
    std::vector<std::int64_t> heldOut;    ///< rows of the validation part, else of the test part, else of the training part
    Part part = Part::Validation;         ///< which of them
    std::unique_ptr<Answerer> answerer;   ///< refers to `model`
};

/// One of the questions that the model answers.
struct AnswerFacts {
    QString title;
    TargetColumn target;
};

/// What the page shows of it; a copy.
struct ModelFacts {
    std::string run;
    QString runName;
    Preparation preparation;
    std::vector<AnswerFacts> answers;   ///< never empty; the main one first
    std::vector<FeatureColumn> inputs;  ///< what is typed: the features, or the columns that the recipe makes them from row by row
    std::int64_t cleaningSteps = 0;     ///< of the recipe that new rows go through first
    std::int64_t epochs = 0;
    std::int64_t heldOut = 0;
    Part part = Part::Validation;
};
ModelFacts factsOf(const ReadyModel& ready);

/// An item and what the model says about it.
struct UseAnswer {
    std::optional<Prediction> prediction;  ///< none: a value was refused
    std::vector<ValueRemark> remarks;
    std::int64_t item = -1;                ///< index in heldOut; -1: not from there
    std::vector<std::string> texts;        ///< the item's values, one for each feature of a table
    QImage picture;                        ///< of an image model; of a row the first one in it
    std::vector<std::string> truths;       ///< what the data says, for each of the model's answers; none, or empty: not known

    /// Of one of the answers.
    const Prediction& said(std::size_t answer) const { return answer == 0 ? *prediction : prediction->more[answer - 1]; }
    std::string truth(std::size_t answer) const { return answer < truths.size() ? truths[answer] : std::string(); }
};
Result<UseAnswer> answerItem(ReadyModel& ready, std::int64_t item);
Result<UseAnswer> answerTyped(ReadyModel& ready, const std::vector<std::string>& texts);
/// A picture file of any size, made ready as in training. Errors of readImage(), "preparation.tensor_size".
Result<UseAnswer> answerPicture(ReadyModel& ready, const Path& file);

/// Holds the model last asked for. Shared by the background tasks of a page; each waits for the one before.
class ModelDesk {
public:
    /// Loads the run's model where it is another than before or was trained on since, then does `work(ReadyModel&)`.
    template <class Work>
    auto use(Project& project, const std::string& run, const CancelToken& cancel, Work work) -> std::invoke_result_t<Work, ReadyModel&> {
        const std::lock_guard lock(m_mutex);
        LAMINA_TRY(ReadyModel* const model, ready(project, run, cancel));
        return work(*model);
    }

private:
    Result<ReadyModel*> ready(Project& project, const std::string& run, const CancelToken& cancel);

    std::mutex m_mutex;
    std::string m_key;  ///< file, run and best checkpoint
    std::unique_ptr<ReadyModel> m_model;
};

/// The picture that a row of a tensor column of shape [C, H, W] shows.
QImage pictureOf(const FeatureColumn& feature, std::span<const std::byte> bytes);

}  // namespace lamina
