// Answers for picture files: one, or all below a folder.
#pragma once

#include "app/jobs/answer_sheet.h"
#include "app/jobs/trained_model.h"

namespace lamina {

/// Every file below `input` is a row, in the order of the names, with the folder it lies in as its class where folders are classes; one that
/// cannot be read says why. Hidden files are left out. Decodes on several threads, a piece at a time. "predict.needs_table" where the model does not look at
/// pictures, "image.no_files", errors of writing, "job.cancelled".
Result<void> answerPictures(TrainedModel& model, const Path& input, AnswerSheet& sheet, const CancelToken& cancel, const ProgressFunction& progress);

}  // namespace lamina
