// Lamina's own pictures: SVGs in one colour, tinted with the theme's text colour when painted.
#pragma once

#include <QIcon>
#include <QString>

namespace lamina {

/// resources/icons/<name>.svg; for layers "layers/<id>" (resources/layers). Follows the theme by itself: keep it as long as you like.
/// An icon that does not exist is empty.
QIcon themeIcon(const QString& name);

}  // namespace lamina
