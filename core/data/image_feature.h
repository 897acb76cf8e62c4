// Pictures as a network's preparation takes them: decoded, in the feature's channels, resized into its frame, as bytes. The one way for training,
// evaluation, prediction and the proof of an export.
#pragma once

#include <cmath>
#include <mutex>

#include "core/base/cancel.h"
#include "core/data/column.h"
#include "core/data/image_reader.h"
#include "core/data/preparation.h"

namespace lamina {

/// The elements of one picture of an Image column, feature.outputCount bytes. Errors of ImageReader::read().
Result<Image> pictureElements(const FeatureColumn& feature, std::string_view value, const ImageReader& reader);
/// What pictureElements() reads of a row: the value of an Image column; texts are the names of files.
std::string pictureValue(const ColumnView& view, std::int64_t row);
/// The same of a picture file. With {file}.
Result<Image> pictureElements(const FeatureColumn& feature, const Path& file);
/// Of one row, whatever the feature's column is: bytes of a tensor as they lie there, of a picture as above. `kept` holds what the span shows.
Result<std::span<const std::byte>> tensorElements(const FeatureColumn& feature, const ColumnView& view, std::int64_t row, const ImageReader& reader, Image& kept);

/// Sums over the elements of some pictures, exact, so that they do not depend on who adds first.
class PictureMoments {
public:
    PictureMoments(const FeatureColumn& feature, const ColumnView& view, const ImageReader& reader)
        : m_feature(feature), m_view(view), m_reader(reader), m_sums(static_cast<std::size_t>(feature.elementShape[0])), m_squares(m_sums.size()) {}

    /// Pictures that cannot be read are left out. "job.cancelled".
    Result<void> run(const std::vector<std::int64_t>& rows, int threads, const CancelToken& cancel, const ProgressFunction& progress);

    std::int64_t present() const { return m_present; }
    /// The first row whose picture could not be read; -1: all could.
    std::int64_t firstUnreadable() const { return m_unreadable; }
    double mean(std::size_t channel) const { return static_cast<double>(m_sums[channel]) / count(); }
    double deviation(std::size_t channel) const {
        return std::sqrt(std::max(0.0, static_cast<double>(m_squares[channel]) / count() - mean(channel) * mean(channel)));
    }

private:
    void add(std::int64_t row);
    double count() const { return static_cast<double>(m_present) * static_cast<double>(m_feature.outputCount) / static_cast<double>(m_sums.size()); }

    const FeatureColumn& m_feature;
    const ColumnView m_view;
    const ImageReader& m_reader;
    std::mutex m_mutex;
    std::vector<std::uint64_t> m_sums, m_squares;
    std::int64_t m_present = 0, m_unreadable = -1;
};

}  // namespace lamina
