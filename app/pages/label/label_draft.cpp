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
    const QString name = QString::fromLatin1(QCryptographicHash::hash(m_workspace.file().toUtf8(), QCryptographicHash::Sha1).toHex().left(16));
    return QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation) + "/drafts/" + name + ".json";
}

void LabelDraft::note(std::int64_t item, std::optional<DraftedShape> drafted) {
    m_item = item;
    m_drafted = std::move(drafted);
    if ((m_drafted || m_onDisk) && !m_timer.isActive()) m_timer.start();
}

void LabelDraft::write() {
    if (!m_workspace.isOpen()) return;
    QByteArray text;
    if (m_drafted) text = QByteArray::fromStdString(nlohmann::json{{"item", m_item}, {"tool", m_drafted->tool}, {"shape", shapeToDocument(m_drafted->shape)}}.dump());
    m_onDisk = m_drafted.has_value();
    m_workspace.tasks().quietly(this, [file = file(), text](TaskContext&) { return writeDraft(file, text); }, [](const Result<bool>&) {});
}

std::optional<DraftedShape> LabelDraft::of(std::int64_t item) {
    if (m_readOf != m_workspace.file()) read();
    return m_item == item ? m_drafted : std::nullopt;
}

void LabelDraft::read() {
    m_readOf = m_workspace.file();
    m_drafted.reset();
    m_onDisk = false;
    QFile in(file());
    if (!in.open(QIODevice::ReadOnly) || in.size() > largestDraft) return;
    m_onDisk = true;
    const auto document = nlohmann::json::parse(in.readAll().toStdString(), nullptr, false);
    if (!document.is_object() || !document.value("item", nlohmann::json()).is_number_integer() || !document.contains("shape") || !document.value("tool", nlohmann::json()).is_string()) return;
    auto shape = shapeFromDocument(document["shape"], {});
    if (!shape) return;
    m_item = document["item"].get<std::int64_t>();
    m_drafted = DraftedShape{document["tool"].get<std::string>(), std::move(*shape)};
}

}  // namespace lamina
