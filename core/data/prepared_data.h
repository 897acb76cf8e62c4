// A table seen through its preparation: any row as the floats a network reads and the target it learns.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "core/data/preparation.h"
#include "core/data/split.h"

namespace lamina {

class Table;

/// Immutable after creation; every const function may be called from any thread.
class PreparedData {
public:
    struct Settings {
        /// Bytes that the ready float matrix of a table may take; a larger table is computed row by row from its column files.
        std::size_t matrixBudget = std::size_t{512} << 20;
        /// Bytes that decoded and resized pictures of an Image column may take, so that later epochs need not decode them again; 0: none are kept.
        std::size_t pictureBudget = std::size_t{512} << 20;
        /// Where pictures are looked for that are not at their place any more (ImageReader).
        std::vector<Path> pictureFolders = {};
    };

    /// For training and evaluation: the table must have the preparation's columns and the target. Keeps its own (cheap) copy of `table`.
    /// Fails with "preparation.no_column", "preparation.column_kind" {column,found,expected}, "preparation.tensor_shape" {column,found,expected},
    /// "preparation.rows" (the split is another table's), "job.cancelled".
    static Result<PreparedData> create(const Table& table, const Preparation& preparation, const Split& split, const Settings& settings,
                                       const CancelToken& cancel = {});
    static Result<PreparedData> create(const Table& table, const Preparation& preparation, const Split& split) {
        return create(table, preparation, split, Settings{});
    }
    /// For prediction: no split (every row is in rows(Part::Test)), and the target column may be absent (labels -1, targets NaN).
    static Result<PreparedData> createForPrediction(const Table& table, const Preparation& preparation, const Settings& settings,
                                                    const CancelToken& cancel = {});
    static Result<PreparedData> createForPrediction(const Table& table, const Preparation& preparation) {
        return createForPrediction(table, preparation, Settings{});
    }
    PreparedData(PreparedData&&) noexcept;
    PreparedData& operator=(PreparedData&&) noexcept;
    ~PreparedData();

    /// The same data, with another of its targets in front (Preparation::asking()). Shares all that is held.
    PreparedData asking(std::size_t target) const;

    const Preparation& preparation() const;
    Shape inputShape() const { return preparation().inputShape(); }
    /// Floats per row.
    std::int64_t inputCount() const;
    std::int64_t rowCount() const;
    /// Row numbers of a part, rising. Rows with a target that is missing, or of a class that the preparation does not know, are Unused (not so for prediction).
    std::span<const std::int64_t> rows(Part part) const;

    /// The row's inputCount() floats. Allocates nothing (but for a picture that has to be decoded), cannot fail: values that are not finite count as
    /// missing (a tensor's as its mean), a picture that cannot be read as the mean picture: see pictureIssues().
    void writeInput(std::int64_t row, float* out) const;
    /// A hint: this row's input and answers are asked for soon.
    void expect(std::int64_t row) const;

    /// One image [C,H,W] of bytes per row, from a tensor column or decoded from picture files: what augmentations can change.
    bool isPicture() const;
    /// Must rows be decoded from picture files, which several threads do better?
    bool decodesPictures() const;
    /// Of one feature that is a picture of bytes (isPicture(): the only one; else pictures may stand beside other columns): the row's elements before
    /// they are scaled, 0 … 255, its outputCount floats; of a picture that is missing or cannot be read the channels' means.
    void writePicture(std::int64_t row, float* out, std::size_t feature = 0) const;
    /// Its elements of 0 … 255 as the network reads them, in place.
    void scalePicture(float* elements, std::size_t feature = 0) const;
    /// Pictures that could not be read so far, how many there are, and twenty of them with file and reason. Any thread.
    std::vector<Issue> pictureIssues() const;
    /// Why the row's picture could not be read when it was asked for; empty where it could, or was not asked for yet.
    std::optional<Error> pictureError(std::int64_t row) const;
    /// The class index, or -1 where the class is missing or was not known in training. Always -1 for regression. `place`: of the target, as targetAt().
    std::int32_t label(std::int64_t row, std::size_t place = 0) const;
    /// The standardised target; NaN where missing. Always NaN for classification.
    float target(std::int64_t row, std::size_t place = 0) const;

    /// Values that were not finite, categories that training never saw …, each with column and first row.
    const std::vector<Issue>& issues() const;
    /// Bytes held in memory, with those that decoded pictures may come to take.
    std::size_t bytes() const;

private:
    struct State;
    explicit PreparedData(std::shared_ptr<State> state, std::size_t target = 0);
    std::size_t stored(std::size_t place) const;
    std::shared_ptr<State> m_state;
    std::size_t m_target = 0;  ///< the one in front
};

}  // namespace lamina
