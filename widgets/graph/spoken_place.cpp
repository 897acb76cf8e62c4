#include "widgets/graph/spoken_place.h"

#include <QCoreApplication>

namespace lamina {
namespace {

class PlaceWords {
    Q_DECLARE_TR_FUNCTIONS(lamina::GraphEditor)
};

QString nameOf(const GraphScene& scene, const std::string& id) {
    const NetworkNode* node = scene.network().node(id);
    return node ? QString::fromStdString(node->name) : QString();
}

}  // namespace

QString spokenPlace(const GraphScene& scene, const std::string& current, const std::optional<NetworkEdge>& edge) {
    const NetworkNode* node = scene.network().node(current);
    if (!node) return edge ? PlaceWords::tr("Link from %1 to %2").arg(nameOf(scene, edge->from), nameOf(scene, edge->to)) : QString();
    const GraphLayer* layer = scene.layer(node->type);
    QString text = PlaceWords::tr("%1, %2").arg(QString::fromStdString(node->name), layer ? layer->title : QString::fromStdString(node->type));
    const auto note = scene.notes().find(node->id);
    if (note == scene.notes().end()) return text;
    if (!note->second.shape.isEmpty()) text += PlaceWords::tr(", gives %1").arg(note->second.shape);
    if (!note->second.problem.isEmpty()) text += PlaceWords::tr(". Problem: %1").arg(note->second.problem);
    return text;
}

}  // namespace lamina
