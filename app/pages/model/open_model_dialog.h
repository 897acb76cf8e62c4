// What a model file holds, before anything of it is taken into the project.
#pragma once

#include <QDialog>

#include <memory>

#include "app/jobs/model_import.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QTreeWidget;

namespace lamina {

class OpenModelDialog : public QDialog {
    Q_OBJECT
public:
    /// `needs`: what the project's data ask for; none where there are no data. `dataset`: their name.
    OpenModelDialog(std::shared_ptr<const ForeignModel> model, std::optional<NetworkNeeds> needs, QString dataset, QWidget* parent = nullptr);

    struct Choice {
        std::string name;
        bool use = false;  ///< without training, on the dataset
        InputScale scale = InputScale::Usual;
    };

signals:
    void taken(const lamina::OpenModelDialog::Choice& choice);

protected:
    void changeEvent(QEvent* event) override;

private:
    void build();
    void fillLayers();
    QString factsText() const;
    QString notesText() const;
    void showUse();
    void retranslate();

    std::shared_ptr<const ForeignModel> m_model;
    std::optional<NetworkNeeds> m_needs;
    QString m_dataset;
    QLabel *m_title, *m_facts, *m_notes, *m_nameText, *m_scaleText, *m_useText;
    QTreeWidget* m_layers;
    QLineEdit* m_name;
    QCheckBox* m_use;
    QComboBox* m_scale;
    QPushButton *m_take, *m_cancel;
};

}  // namespace lamina
