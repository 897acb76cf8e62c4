#include "app/pages/label/label_draft.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QSaveFile>
#include <QStandardPaths>

#include <nlohmann/json.hpp>

#include "app/workspace/workspace.h"
#include "core/annotation/shape_document.h"

namespace lamina {

namespace {

constexpr qint64 largestDraft = 1 << 20;

/// Nothing: written.
Result<bool> writeDraft(const QString& file, const QByteArray& text) {
    if (text.isEmpty()) return QFile::remove(file);
    QDir().mkpath(QFileInfo(file).path());
    QSaveFile out(file);
    return out.open(QIODevice::WriteOnly) && out.write(text) == text.size() && out.commit();
}

}  // namespace

LabelDraft::LabelDraft(Workspace& workspace) : m_workspace(workspace) {
    m_timer.setSingleShot(true);
    m_timer.setInterval(500);
    connect(&m_timer, &QTimer::timeout, this, &LabelDraft::write);
}

QString LabelDraft::file() const {
    const QString name = QString::fromLatin1(QCryptographicHash::hash(m_readOf.toUtf8(), QCryptographicHash::Sha1).toHex().left(16));
    return QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation) + "/drafts/" + name + ".json";
}

void LabelDraft::note(std::int64_t item, std::optional<DraftedShape> drafted) {
    if (drafted) m_drafts[item] = std::move(*drafted);
    else if (m_drafts.erase(item) == 0) return;
    if (!m_timer.isActive()) m_timer.start();
}

/// Empty where nothing is half drawn.
QByteArray LabelDraft::text() const {
    auto drafts = nlohmann::json::array();
    for (const auto& [item, drafted] : m_drafts) drafts.push_back({{"item", item}, {"tool", drafted.tool}, {"shape", shapeToDocument(drafted.shape)}});
    return drafts.empty() ? QByteArray() : QByteArray::fromStdString(nlohmann::json{{"drafts", drafts}}.dump());
}

void LabelDraft::write() {
    if (m_readOf.isEmpty() || (m_drafts.empty() && !m_onDisk)) return;
    m_onDisk = !m_drafts.empty();
    m_workspace.tasks().quietly(this, [file = file(), text = text()](TaskContext&) { return writeDraft(file, text); }, [](const Result<bool>&) {});
}

void LabelDraft::flush() {
    if (!m_timer.isActive() || m_readOf.isEmpty()) return;
    m_timer.stop();
    m_onDisk = !m_drafts.empty();
    (void)writeDraft(file(), text());
}

std::optional<DraftedShape> LabelDraft::of(std::int64_t item) {
    if (m_readOf != m_workspace.file()) read();
    const auto drafted = m_drafts.find(item);
    return drafted == m_drafts.end() ? std::nullopt : std::optional(drafted->second);
}

void LabelDraft::read() {
    m_readOf = m_workspace.file();
    m_drafts.clear();
    m_onDisk = false;
    QFile in(file());
    if (!in.open(QIODevice::ReadOnly) || in.size() > largestDraft) return;
    m_onDisk = true;
    const auto document = nlohmann::json::parse(in.readAll().toStdString(), nullptr, false);
    if (!document.is_object() || !document.value("drafts", nlohmann::json()).is_array()) return;
    for (const auto& draft : document["drafts"]) {
        const bool whole = draft.is_object() && draft.value("item", nlohmann::json()).is_number_integer() && draft.contains("shape") && draft.value("tool", nlohmann::json()).is_string();
        if (!whole) continue;
        if (auto shape = shapeFromDocument(draft["shape"], {})) m_drafts[draft["item"].get<std::int64_t>()] = {draft["tool"].get<std::string>(), std::move(*shape)};
    }
}

}  // namespace lamina
