using System.Text;

namespace FlightRecorder;

/// <summary>
/// Name, message and stack of an exception. Composed here and not by its <c>ToString</c>, which may be the app's own and show
/// what was never meant for a file, such as <see cref="Exception.Data"/>. Nothing of it throws.
/// </summary>
internal static class ExceptionText
{
    private const int MaxInner = 32;

    public static string Name(Exception exception)
        => exception is ToldException told ? told.Name : exception.GetType().FullName ?? exception.GetType().Name;

    public static string Message(Exception exception) => ExceptionParts.Message(exception) ?? "";

    /// <summary>
    /// <code>
    /// Outer: message
    ///  ---> Inner: message
    ///    at …
    ///    --- End of inner exception stack trace ---
    ///    at …
    /// </code>
    /// as .NET prints it, with all exceptions of an aggregate.
    /// </summary>
    public static string Stack(Exception exception, string name, string message, string? caller)
    {
        string? frames = ExceptionParts.Stack(exception) ?? caller;
        if (exception is not AggregateException && exception.InnerException is null)
        {
            return frames is null ? Head(name, message) : $"{Head(name, message)}\n{frames}";
        }

        var text = new StringBuilder(Head(name, message));
        int left = MaxInner;
        AppendInner(text, exception, ref left);
        return Append(text, frames).ToString();
    }

    public static string Head(string name, string message) => message.Length == 0 ? name : $"{name}: {message}";

    private static void AppendInner(StringBuilder text, Exception exception, ref int left)
    {
        foreach (Exception inner in InnerOf(exception))
        {
            if (left-- <= 0)
            {
                return;
            }

            text.Append("\n ---> ").Append(Head(Name(inner), Message(inner)));
            AppendInner(text, inner, ref left);
            Append(text, ExceptionParts.Stack(inner)).Append("\n   --- End of inner exception stack trace ---");
        }
    }

    private static IReadOnlyList<Exception> InnerOf(Exception exception) => exception switch
    {
        AggregateException aggregate => aggregate.InnerExceptions,
        { InnerException: { } inner } => [inner],
        _ => [],
    };

    private static StringBuilder Append(StringBuilder text, string? frames) => frames is null ? text : text.Append('\n').Append(frames);
}
