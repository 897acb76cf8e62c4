#include "app/pages/label/label_ahead.h"

#include <algorithm>

#include "app/workspace/workspace.h"

namespace lamina {

namespace {

constexpr std::size_t mostBytes = 400u << 20;

std::size_t bytesOf(const PicturePyramid* picture) {
    if (!picture || picture->isNull()) return 0;
    return static_cast<std::size_t>(picture->picture().sizeInBytes()) * 4 / 3;
}

}  // namespace

void LabelAhead::setDesk(std::shared_ptr<const LabelDesk> desk) {
    m_desk = std::move(desk);
    m_items.clear();
    m_pictures.clear();
    m_wanted.clear();
    ++m_reading;
}

bool LabelAhead::isWanted(std::int64_t position) const { return std::find(m_wanted.begin(), m_wanted.end(), position) != m_wanted.end(); }

void LabelAhead::want(const std::vector<std::int64_t>& positions) {
    m_wanted = positions;
    std::erase_if(m_pictures, [this](const auto& known) { return !isWanted(known.first); });
    loadNext();
}

void LabelAhead::settle() {
    std::erase_if(m_items, [this](const auto& known) { return !isWanted(known.first); });
}

std::optional<ShownItem> LabelAhead::item(std::int64_t position) const {
    const auto known = m_items.find(position);
    const auto picture = m_pictures.find(position);
    if (known == m_items.end() || picture == m_pictures.end()) return {};
    ShownItem shown = known->second;
    std::tie(shown.picture, shown.problem) = picture->second;
    return shown;
}

void LabelAhead::keep(ShownItem item) {
    const std::int64_t position = item.item.position;
    if (item.picture) m_pictures[position] = {item.picture, item.problem};
    item.picture.reset();
    m_items[position] = std::move(item);
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
    for (const auto& [position, picture] : m_pictures) sum += bytesOf(picture.first.get());
    return sum;
}

/// Two at a time: a picture that somebody waits for does not stand behind one that he may look at later.
void LabelAhead::loadNext() {
    for (const std::int64_t position : std::vector(m_wanted)) {
        if (m_loading.size() >= 2 || (bytes() > mostBytes && position != m_wanted.front())) return;
        if (!m_loading.count(position) && (!m_items.count(position) || !m_pictures.count(position))) load(position);
    }
}

void LabelAhead::load(std::int64_t position) {
    const auto project = m_workspace.shared();
    if (!project || !m_desk) return;
    m_loading.insert(position);
    const auto read = [project, desk = m_desk, position, pictureToo = m_pictures.count(position) == 0](TaskContext&) -> Result<std::optional<ShownItem>> {
        LAMINA_TRY(auto item, readItem(*project, *desk, position));
        if (item && pictureToo) item->picture = readPicture(*desk, position, item->problem);
        return item;
    };
    m_workspace.tasks().quietly(this, read, [this, position, reading = m_reading](Result<std::optional<ShownItem>> item) {
        m_loading.erase(position);
        if (reading == m_reading && isWanted(position)) take(position, std::move(item));
        loadNext();
    });
}

void LabelAhead::take(std::int64_t position, Result<std::optional<ShownItem>> item) {
    if (!item || !*item) {
        std::erase(m_wanted, position);
        emit missing(position, item ? QString() : Workspace::words(item.error()));
        return;
    }
    if (m_pictures.count(position) == 0) m_pictures[position] = {(*item)->picture, (*item)->problem};
    (*item)->picture.reset();
    m_items.emplace(position, std::move(**item));  // what was kept is newer
    emit ready(position);
}

}  // namespace lamina
