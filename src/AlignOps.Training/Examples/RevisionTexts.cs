using System.Text;
using AlignOps.Data.Feedback;
using AlignOps.Models.Tokenization;
using AlignOps.Training.Definitions;

namespace AlignOps.Training.Examples;

/// <summary>SelFee's examples: an answer, what is said of it and its revisions as one text, which ends where nothing is left to revise.</summary>
internal sealed class RevisionTexts(SelfeeSection section) : RowShape(FeedbackKind.Ranking, FeedbackKind.Critique)
{
    protected override ShapedRow Of(FeedbackRow row, ITokenizer tokenizer)
    {
        IReadOnlyList<Candidate> chain = row.Kind == FeedbackKind.Critique ? row.Candidates : RevisionChain.Of(row);
        if (chain.Count == 0)
        {
            return ShapedRow.None(SkipReasons.NoRevision);
        }

        var text = new StringBuilder(chain[0].Text);
        for (int i = 0; i < chain.Count; i++)
        {
            if (i > 0)
            {
                text.Append("\n\n").Append(section.RevisionMarker).Append('\n').Append(chain[i].Text);
            }

            if (!string.IsNullOrWhiteSpace(chain[i].Critique))
            {
                text.Append("\n\n").Append(section.FeedbackMarker).Append('\n').Append(chain[i].Critique);
            }
        }

        return new TrainingExample(row.Id, tokenizer.EncodePrompt(row.Prompt), [new TrainingCandidate(tokenizer.EncodeAnswer(text.ToString()), Score: null)]);
    }
}
