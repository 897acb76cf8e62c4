#include "app/pages/label/label_ahead.h"

#include <algorithm>
#include <utility>

#include "app/workspace/workspace.h"

namespace lamina {

namespace {

constexpr std::size_t mostBytes = 400u << 20, largeBytes = 8u << 20;

std::size_t bytesOf(const PicturePyramid* picture) {
    if (!picture || picture->isNull()) return 0;
    return static_cast<std::size_t>(picture->picture().sizeInBytes()) * 4 / 3;
}

}  // namespace

LabelAhead::LabelAhead(Workspace& workspace) : m_workspace(workspace) {
    m_calm.setSingleShot(true);
    m_calm.setInterval(20);
    connect(&m_calm, &QTimer::timeout, this, &LabelAhead::loadNext);
}

void LabelAhead::setDesk(std::shared_ptr<const LabelDesk> desk) {
    m_desk = std::move(desk);
    m_items.clear();
    m_pictures.clear();
    m_previews.clear();
    m_wanted.clear();
    ++m_reading;
}

void LabelAhead::renewDesk(std::shared_ptr<const LabelDesk> desk) {
    m_desk = std::move(desk);
    dropLabels();
}

bool LabelAhead::isWanted(std::int64_t position) const { return std::find(m_wanted.begin(), m_wanted.end(), position) != m_wanted.end(); }

void LabelAhead::want(const std::vector<std::int64_t>& positions) {
    m_wanted = positions;
    forgetPictures();
    std::erase_if(m_previews, [this](const auto& known) { return !isWanted(known.first); });
    const bool waits = !positions.empty() && !(m_items.count(positions.front()) && m_pictures.count(positions.front()));
    if (waits) loadNext();
    else m_calm.start();
}

/// To give a large picture's memory back takes longer than to paint the next one.
void LabelAhead::forgetPictures() {
    std::vector<std::shared_ptr<const PicturePyramid>> large;
    std::erase_if(m_pictures, [&](const auto& known) {
        if (isWanted(known.first)) return false;
        if (bytesOf(known.second.picture.get()) > largeBytes) large.push_back(known.second.picture);
        return true;
    });
    if (large.empty()) return;
    auto giveBack = [large = std::move(large)](TaskContext&) mutable -> Result<bool> {
        large.clear();
        return true;
    };
    m_workspace.tasks().quietly(this, std::move(giveBack), [](const Result<bool>&) {});
}

void LabelAhead::settle() {
    std::erase_if(m_items, [this](const auto& known) { return !isWanted(known.first); });
}

std::optional<ShownItem> LabelAhead::item(std::int64_t position) const {
    const auto known = m_items.find(position);
    const auto picture = m_pictures.find(position), preview = m_previews.find(position);
    const bool sharp = picture != m_pictures.end();
    if (known == m_items.end() || (!sharp && preview == m_previews.end())) return {};
    ShownItem shown = known->second;
    const Picture& found = sharp ? picture->second : preview->second;
    shown.picture = found.picture;
    shown.problem = found.problem;
    shown.size = found.size;
    shown.isPreview = !sharp;
    return shown;
}

void LabelAhead::keep(ShownItem item) {
    const std::int64_t position = item.item.position;
    if (item.picture) takePicture(position, item);
    item.picture.reset();
    m_items[position] = std::move(item);
}

void LabelAhead::takePicture(std::int64_t position, const ShownItem& item) {
    auto& pictures = item.isPreview ? m_previews : m_pictures;
    pictures[position] = {item.picture, item.problem, item.size};
    if (!item.isPreview) m_previews.erase(position);
}

void LabelAhead::dropLabels() {
    m_items.clear();
    ++m_reading;
    loadNext();
}

void LabelAhead::dropLabels(std::int64_t position) {
    m_items.erase(position);
    ++m_reading;
    loadNext();
}

std::size_t LabelAhead::bytes() const {
    std::size_t sum = 0;
    for (const auto& [position, known] : m_pictures) sum += bytesOf(known.picture.get());
    return sum;
}

/// Two at a time: a picture that somebody waits for does not stand behind one that he may look at later.
void LabelAhead::loadNext() {
    if (!m_wanted.empty()) loadPreview(m_wanted.front());
    if (!m_previewing.empty()) return;
    for (const std::int64_t position : std::vector(m_wanted)) {
        if (m_loading.size() >= 2 || (bytes() > mostBytes && position != m_wanted.front())) return;
        if (!m_loading.count(position) && (!m_items.count(position) || !m_pictures.count(position))) load(position);
    }
}

/// What is waited for, even while it is being decoded already.
void LabelAhead::loadPreview(std::int64_t position) {
    const bool known = m_pictures.count(position) || m_previews.count(position);
    if (known || m_previewing.count(position)) return;
    read(position, &readPreview, m_previewing);
}

void LabelAhead::load(std::int64_t position) { read(position, m_pictures.count(position) ? nullptr : &readPicture, m_loading); }

void LabelAhead::read(std::int64_t position, Read picture, std::set<std::int64_t>& underWay) {
    const auto project = m_workspace.shared();
    if (!project || !m_desk) return;
    underWay.insert(position);
    const auto work = [project, desk = m_desk, position, picture](TaskContext&) -> Result<std::optional<ShownItem>> {
        LAMINA_TRY(auto item, readItem(*project, *desk, position));
        if (item && picture) picture(*desk, *item);
        return item;
    };
    m_workspace.tasks().quietly(this, work, [this, position, &underWay, pictureToo = picture != nullptr, reading = m_reading](Result<std::optional<ShownItem>> item) {
        underWay.erase(position);
        if (reading == m_reading && isWanted(position)) take(position, std::move(item), pictureToo);
        loadNext();
    });
}

void LabelAhead::take(std::int64_t position, Result<std::optional<ShownItem>> item, bool pictureToo) {
    if (!item || !*item) {
        std::erase(m_wanted, position);
        emit missing(position, item ? QString() : Workspace::words(item.error()));
        return;
    }
    if (pictureToo && m_pictures.count(position) == 0) takePicture(position, **item);
    (*item)->picture.reset();
    m_items.emplace(position, std::move(**item));  // what was kept is newer
    emit ready(position);
}

}  // namespace lamina
