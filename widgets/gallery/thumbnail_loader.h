// Makes thumbnails in background threads, what was asked for last first; what is not looked at any more is dropped before any work is done on it.
#pragma once

#include <QObject>
#include <QThreadPool>

#include <memory>
#include <mutex>
#include <set>
#include <vector>

#include "widgets/gallery/image_source.h"

namespace lamina {

/// GUI thread.
class ThumbnailLoader : public QObject {
    Q_OBJECT
public:
    explicit ThumbnailLoader(QObject* parent = nullptr);
    /// Waits for at most one picture per thread.
    ~ThumbnailLoader() override;

    /// Forgets all requests.
    void setSource(std::shared_ptr<const ImageSource> source);
    void request(std::int64_t item, int edge);
    /// Requests of items for which `wanted` says no are dropped.
    template <class Wanted>
    void drop(Wanted wanted) {
        const std::lock_guard lock(m_mutex);
        std::erase_if(m_requests, [&](const Request& request) { return !wanted(request.item); });
    }
    /// How many pictures were made since the beginning: for measurements.
    std::int64_t made() const;

signals:
    /// `edge`: what it was asked for with.
    void ready(std::int64_t item, const QImage& picture, int edge);

private:
    struct Request {
        std::int64_t item = 0;
        int edge = 0;
        std::shared_ptr<const ImageSource> source;
    };
    void work();

    std::shared_ptr<const ImageSource> m_source;
    mutable std::mutex m_mutex;
    std::vector<Request> m_requests;    ///< newest last
    std::set<std::int64_t> m_underWay;  ///< being made right now
    int m_workers = 0;
    int m_generation = 0;
    std::int64_t m_made = 0;
    QThreadPool m_pool;
};

}  // namespace lamina
