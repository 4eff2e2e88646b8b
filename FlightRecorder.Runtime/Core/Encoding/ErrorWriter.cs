namespace FlightRecorder;

/// <summary>Writes the exceptions of a line.</summary>
internal sealed class ErrorWriter(LineBuffer line, LeafWriter leaf, LineBudget budget)
{
    private const int MaxInner = 5;

    public void Write(ActiveRecording recording)
    {
        ReadOnlySpan<ErrorEntry> errors = recording.Errors;
        line.Member("errors"u8).Byte((byte)'[');
        foreach (ref readonly ErrorEntry error in errors[..Math.Min(errors.Length, budget.MaxEntries)])
        {
            Write(error);
        }

        line.Byte((byte)']');
    }

    // {"atUs":1500,"type","message","stack","inner":[…],"handled":false,"location"}
    private void Write(in ErrorEntry error)
    {
        line.Separate();
        line.Raw("{\"atUs\":"u8);
        line.Number(error.AtUs);
        string? stack = WriteException(error.Exception);
        line.Member("inner"u8).Byte((byte)'[');
        int left = MaxInner;
        WriteInner(error.Exception, ref left);
        line.Byte((byte)']');
        line.Member("handled"u8).Boolean(error.Handled);
        leaf.Optional("location"u8, stack is null ? null : StackLocation.FirstOf(stack));
        line.Byte((byte)'}');
    }

    // All of an aggregate's, and the chain of each, in order; together at most MaxInner.
    private void WriteInner(Exception outer, ref int left)
    {
        if (outer is AggregateException aggregate)
        {
            foreach (Exception inner in aggregate.InnerExceptions)
            {
                WriteOneInner(inner, ref left);
            }
        }
        else if (outer.InnerException is { } inner)
        {
            WriteOneInner(inner, ref left);
        }
    }

    private void WriteOneInner(Exception inner, ref int left)
    {
        if (left-- <= 0)
        {
            return;
        }

        line.Separate();
        line.Byte((byte)'{');
        WriteException(inner);
        line.Byte((byte)'}');
        WriteInner(inner, ref left);
    }

    // "type":"…","message":"…","stack":"…"
    private string? WriteException(Exception exception)
    {
        leaf.Optional("type"u8, ExceptionText.Name(exception));
        leaf.OptionalMessage("message"u8, ExceptionParts.Message(exception));
        string? stack = ExceptionParts.Stack(exception);
        if (!budget.IsDropped(LinePart.Stacks))
        {
            int before = line.Length;
            leaf.OptionalMessage("stack"u8, stack);
            budget.Count(LinePart.Stacks, line.Length - before);
        }

        return stack;
    }
}
