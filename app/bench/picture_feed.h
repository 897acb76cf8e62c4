// Does a training wait for its pictures?
#pragma once

#include <optional>
#include <string>

namespace lamina::bench {

struct PictureFeed {
    double busy = 0;               ///< share of the time in which the device computes while every picture is decoded anew from its file
    double busyKept = 0;           ///< the same from the second epoch on, with decoded pictures kept
    double picturesPerSecond = 0;  ///< of that training, from files
    double fedPerSecond = 0;       ///< of the same steps without a loader
    double preparedPerSecond = 0;  ///< one thread that does nothing else
};

/// Trains for about `seconds` from JPEG files that it makes in the system's folder for temporary files. Empty with a `reason`.
std::optional<PictureFeed> measurePictureFeed(int threads, double seconds, std::string& reason);

}  // namespace lamina::bench
