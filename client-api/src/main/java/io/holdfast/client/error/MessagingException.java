package io.holdfast.client.error;

import org.jspecify.annotations.Nullable;

/**
 * The root of all failures of messaging.
 *
 * <p>The message names what failed, with the data, and ends with the remedy where there is one. Text from the network is
 * escaped in it, so that it can be logged as it is.
 */
public abstract sealed class MessagingException extends RuntimeException
        permits BackPressureException,
                BlockingCallRefusedException,
                ClientClosedException,
                CommandRefusedException,
                CommandTimedOutException,
                ConnectFailedException,
                DisconnectedException,
                FrameTooLargeException,
                IdentityCopiedException,
                IdentityDamagedException,
                IdentityInUseException,
                IdentityLostException,
                IdentityMovedException,
                IdentityUnavailableException,
                LogonRefusedException,
                NameCollisionException,
                NotConnectedException,
                ProtocolException,
                PublishDroppedException,
                PublishInDoubtException,
                PublishRefusedException,
                ReconnectGaveUpException,
                SequenceExhaustedException,
                StoreException,
                SubscriptionOverflowException,
                TakeOverRefusedException {

    private static final long serialVersionUID = 1L;

    MessagingException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /**
     * Whether the same call can succeed later without a change to program or configuration: true for what time heals (a
     * broker that is away, a full queue), false for what it does not (a bad filter, a wrong password).
     */
    public abstract boolean isRetryable();
}
