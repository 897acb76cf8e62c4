#include "widgets/gallery/thumbnail_loader.h"

#include <QThread>

#include <algorithm>

namespace lamina {

ThumbnailLoader::ThumbnailLoader(QObject* parent) : QObject(parent) { m_pool.setMaxThreadCount(std::clamp(QThread::idealThreadCount(), 1, 4)); }

ThumbnailLoader::~ThumbnailLoader() {
    {
        const std::lock_guard lock(m_mutex);
        m_requests.clear();
    }
    m_pool.waitForDone();
}

void ThumbnailLoader::setSource(std::shared_ptr<const ImageSource> source) {
    m_source = std::move(source);
    const std::lock_guard lock(m_mutex);
    m_requests.clear();
    m_underWay.clear();
    ++m_generation;
}

void ThumbnailLoader::request(std::int64_t item, int edge) {
    if (!m_source) return;
    {
        const std::lock_guard lock(m_mutex);
        if (m_underWay.contains(item)) return;
        std::erase_if(m_requests, [&](const Request& request) { return request.item == item; });
        m_requests.push_back({item, edge, m_source});
        if (m_workers >= m_pool.maxThreadCount()) return;
        ++m_workers;
    }
    m_pool.start([this] { work(); });
}

std::int64_t ThumbnailLoader::made() const {
    const std::lock_guard lock(m_mutex);
    return m_made;
}

void ThumbnailLoader::work() {
    for (;;) {
        Request request;
        int generation = 0;
        {
            const std::lock_guard lock(m_mutex);
            if (m_requests.empty()) {
                --m_workers;
                return;
            }
            request = std::move(m_requests.back());
            m_requests.pop_back();
            m_underWay.insert(request.item);
            generation = m_generation;
        }
        QImage picture = request.source->thumbnail(request.item, request.edge);
        const std::lock_guard lock(m_mutex);
        if (generation != m_generation) continue;
        m_underWay.erase(request.item);
        ++m_made;
        QMetaObject::invokeMethod(
            this,
            [this, generation, item = request.item, edge = request.edge, picture = std::move(picture)] {
                if (generation == m_generation) emit ready(item, picture, edge);
            },
            Qt::QueuedConnection);
    }
}

}  // namespace lamina
