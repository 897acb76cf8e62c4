#include <opencv2/core/utility.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <string>

#include "core/annotation/grab_cut_module/grab_cut_interface.h"

namespace {

constexpr int seed = 20040801;  // of the first guess of the colours
constexpr int models = 65;     // numbers of five normal distributions of colours
constexpr int fewest = 8;       // pixels of either kind that colours can be learned from

bool isObject(std::uint8_t mark) { return mark == lamina::grabCutObject || mark == lamina::grabCutObjectMaybe; }

/// Colours need some pixels of both kinds; without any, OpenCV takes logarithms of nothing.
bool hasBoth(const cv::Mat& marks) {
    const auto objects = std::count_if(marks.begin<std::uint8_t>(), marks.end<std::uint8_t>(), isObject);
    return objects >= fewest && static_cast<std::int64_t>(marks.total()) - objects >= fewest;
}

void cut(const lamina::GrabCutWork& work) {
    cv::setNumThreads(1);
    cv::theRNG().state = seed;
    const cv::Mat picture(work.height, work.width, CV_8UC3, const_cast<std::uint8_t*>(work.bgr));
    cv::Mat marks(work.height, work.width, CV_8UC1, work.marks);
    cv::Mat ground(1, models, CV_64FC1, work.colours), object(1, models, CV_64FC1, work.colours + models);
    const bool known = cv::countNonZero(ground) > 0;
    for (int round = 0; round < work.rounds && hasBoth(marks) && work.goesOn(work.asked); ++round) {
        const cv::Mat before = marks.clone();
        cv::grabCut(picture, marks, {}, ground, object, 1, round == 0 && !known ? cv::GC_INIT_WITH_MASK : cv::GC_EVAL);
        const auto changed = cv::countNonZero(before != marks);
        if (static_cast<std::size_t>(changed) * 2000 < marks.total()) return;
    }
}

}  // namespace

extern "C" __attribute__((visibility("default"))) const char* lamina_grab_cut_1(const lamina::GrabCutWork* work) {
    static thread_local std::string reason;
    try {
        cut(*work);
        return nullptr;
    } catch (const std::exception& error) {
        reason = error.what();
        return reason.c_str();
    }
}
