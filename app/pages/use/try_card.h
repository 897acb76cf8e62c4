// "Try it": one thing at a time is shown to the model, from the data, from a file or typed by hand, and its answer beside it.
#pragma once

#include <QFrame>
#include <QTimer>

#include <optional>

#include "app/pages/use/ready_model.h"

class QComboBox;
class QLabel;
class QPushButton;
class QScrollArea;
class QStackedWidget;
class QToolButton;

namespace lamina {

class ElidedLabel;
class PictureView;
class ProbabilityBars;
class TypedRowForm;

/// Asks by signals and is given answers; knows no thread.
class TryCard : public QFrame {
    Q_OBJECT
public:
    explicit TryCard(QWidget* parent = nullptr);

    /// The model to be tried; asks for an item, or again for what was typed.
    void setModel(const ModelFacts& facts);
    void showAnswer(const UseAnswer& answer);
    void showError(const QString& text);
    std::int64_t item() const { return m_item; }

signals:
    void itemWanted(qint64 item);
    void rowTyped(const std::vector<std::string>& texts);
    void pictureWanted();  ///< a file chooser

protected:
    void changeEvent(QEvent* event) override;

private:
    void step(std::int64_t by);
    void takeRandom();
    void retranslate();
    void updatePlace();
    void updateAnswer();
    void fillOutputs();
    const TargetColumn& target() const;
    QWidget* buildSteps();
    QWidget* buildAnswer();

    QLabel *m_title, *m_hint, *m_answerTitle, *m_sure, *m_truth, *m_error;
    ElidedLabel *m_place, *m_answer;
    QToolButton *m_previous, *m_next;
    QPushButton *m_random, *m_choose;
    QComboBox* m_output;  ///< which of the model's answers is shown; hidden where there is one
    QStackedWidget* m_input;
    PictureView *m_picture, *m_rowPicture;  ///< the one that is asked about; the one in a row
    QWidget* m_row;
    QScrollArea* m_formArea;
    TypedRowForm* m_form;
    ProbabilityBars* m_bars;
    QTimer m_typing;
    std::optional<ModelFacts> m_facts;
    std::optional<UseAnswer> m_last;
    std::int64_t m_item = 0;
};

}  // namespace lamina
